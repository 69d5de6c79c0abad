"""An embedded ClickHouse: one process owns one data folder and speaks the ClickHouse HTTP protocol on loopback."""

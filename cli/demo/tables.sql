-- The tables alone. Keys, checks and indexes follow once the rows are in (constraints.sql): several times faster.
CREATE TABLE countries (
    country_code text NOT NULL,
    name text NOT NULL,
    region text NOT NULL
);
CREATE TABLE categories (
    category_id integer NOT NULL,
    name text NOT NULL,
    department text NOT NULL
);
CREATE TABLE products (
    product_id integer NOT NULL,
    category_id integer NOT NULL,
    name text NOT NULL,
    brand text NOT NULL,
    list_price numeric(12, 2) NOT NULL,
    unit_cost numeric(12, 2) NOT NULL,
    introduced_on date NOT NULL,
    is_active boolean NOT NULL
);
CREATE TABLE customers (
    customer_id integer NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    email text NOT NULL,
    country_code text NOT NULL,
    city text NOT NULL,
    segment text NOT NULL,
    acquisition_channel text NOT NULL,
    newsletter boolean NOT NULL,
    signed_up_at timestamptz NOT NULL
);
CREATE TABLE campaigns (
    campaign_id integer NOT NULL,
    name text NOT NULL,
    discount_percent numeric(5, 2) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL
);
CREATE TABLE orders (
    order_id integer NOT NULL,
    customer_id integer NOT NULL,
    campaign_id integer,
    ordered_at timestamptz NOT NULL,
    status text NOT NULL,
    channel text NOT NULL,
    device text NOT NULL,
    items_amount numeric(12, 2) NOT NULL,
    shipping_amount numeric(12, 2) NOT NULL,
    total_amount numeric(12, 2) NOT NULL,
    shipped_at timestamptz,
    delivered_at timestamptz
);
CREATE TABLE order_lines (
    order_line_id integer NOT NULL,
    order_id integer NOT NULL,
    product_id integer NOT NULL,
    quantity integer NOT NULL,
    unit_price numeric(12, 2) NOT NULL,
    unit_cost numeric(12, 2) NOT NULL,
    discount_amount numeric(12, 2) NOT NULL,
    line_amount numeric(12, 2) NOT NULL
);
CREATE TABLE payments (
    payment_id integer NOT NULL,
    order_id integer NOT NULL,
    method text NOT NULL,
    status text NOT NULL,
    amount numeric(12, 2) NOT NULL,
    attempted_at timestamptz NOT NULL
);
CREATE TABLE refunds (
    refund_id integer NOT NULL,
    order_line_id integer NOT NULL,
    reason text NOT NULL,
    quantity integer NOT NULL,
    amount numeric(12, 2) NOT NULL,
    refunded_at timestamptz NOT NULL
);
CREATE TABLE marketing_spend (
    spend_id integer NOT NULL,
    spent_on date NOT NULL,
    channel text NOT NULL,
    campaign_id integer,
    amount numeric(12, 2) NOT NULL,
    impressions integer NOT NULL,
    clicks integer NOT NULL
);
CREATE TABLE web_traffic (
    visited_on date NOT NULL,
    country_code text NOT NULL,
    channel text NOT NULL,
    device text NOT NULL,
    sessions integer NOT NULL,
    bounced_sessions integer NOT NULL,
    converted_sessions integer NOT NULL,
    page_views integer NOT NULL
);

CREATE TABLE sla (
  sla_id INTEGER PRIMARY KEY,
  sla_name TEXT,
  response_hours INTEGER,
  resolve_hours INTEGER,
  yearly_fee DECIMAL(9,2)
);
CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY,
  customer_name TEXT,
  industry TEXT,
  country TEXT,
  sla_id INTEGER REFERENCES sla(sla_id),
  contract_start DATE,
  contract_end DATE
);
CREATE TABLE agents (
  agent_id INTEGER PRIMARY KEY,
  agent_name TEXT,
  tier INTEGER,
  team TEXT,
  site TEXT,
  hire_date DATE,
  lead_id INTEGER REFERENCES agents(agent_id)
);
CREATE TABLE assets (
  asset_tag TEXT PRIMARY KEY,
  customer_id INTEGER REFERENCES customers(customer_id),
  asset_type TEXT,
  vendor TEXT,
  model TEXT,
  purchased DATE,
  warranty_until DATE,
  status TEXT
);
CREATE TABLE tickets (
  ticket_id INTEGER PRIMARY KEY,
  customer_id INTEGER REFERENCES customers(customer_id),
  asset_tag TEXT REFERENCES assets(asset_tag),
  opened_by INTEGER REFERENCES agents(agent_id),
  assigned_to INTEGER REFERENCES agents(agent_id),
  subject TEXT,
  priority TEXT,
  state TEXT,
  opened_at DATETIME,
  closed_at DATETIME,
  minutes_spent INTEGER,
  satisfaction INTEGER
);
CREATE TABLE kb_articles (
  article_id INTEGER PRIMARY KEY,
  title TEXT,
  topic TEXT,
  author_id INTEGER REFERENCES agents(agent_id),
  published_on DATE,
  views INTEGER,
  is_public INTEGER
);
CREATE TABLE ticket_articles (
  ticket_id INTEGER REFERENCES tickets(ticket_id),
  article_id INTEGER REFERENCES kb_articles(article_id),
  helpful TEXT,
  PRIMARY KEY (ticket_id, article_id)
);
INSERT INTO sla VALUES (1,'Bronze',24,120,1200),(2,'Silver',8,48,3600),(3,'Gold',2,12,9500),(4,'Platinum',1,6,21000);
INSERT INTO customers VALUES
(1,'Larkspur Clinics','health','Ireland',3,'2021-01-01','2024-12-31'),(2,'Boreal Freight','logistics','Finland',2,'2022-05-01','2025-04-30'),
(3,'Ostrava Tools','manufacturing','Czechia',1,'2020-09-15','2023-09-14'),(4,'Pine & Porter','law','Ireland',2,'2023-02-01',NULL),
(5,'Civic Library Net','public','Estonia',1,'2022-10-01','2024-09-30'),(6,'Mistral Foods','manufacturing','France',3,'2021-07-01','2024-06-30'),
(7,'Tern Robotics','manufacturing','Finland',NULL,'2024-01-15',NULL),(8,'Halcyon Hotels','hospitality','France',2,'2023-06-01','2026-05-31'),
(9,'Sable Media','media','Estonia',1,'2024-04-01','2026-03-31');
INSERT INTO agents VALUES
(1,'Siobhan Keane',3,'Escalation','Cork','2016-03-07',NULL),(2,'Jaakko Virta',2,'Network','Turku','2018-08-20',1),(3,'Petra Novotna',2,'Desktop','Brno','2019-02-11',1),
(4,'Luc Fabre',1,'Desktop','Cork','2021-10-04',3),(5,'Mei Lin',1,'Desktop','Brno','2022-03-28',3),(6,'Aarni Salo',1,'Network','Turku','2022-09-05',2),
(7,'Ciara Dolan',1,'Network','Cork','2023-11-13',2),(8,'Yann Prigent',3,'Escalation','Turku','2017-06-19',1),(9,'Daria Popa',1,'Desktop','Brno','2024-02-05',3);
INSERT INTO assets VALUES
('A-1001',1,'laptop','Corvex','Air 13','2021-02-10','2024-02-09','active'),('A-1002',1,'printer','Inkora','P200','2019-05-05','2021-05-04','active'),('A-1003',1,'server','Hexon','R4','2022-06-01','2027-05-31','active'),
('A-1004',2,'router','Netlink','X8','2022-05-20','2025-05-19','active'),('A-1005',2,'laptop','Corvex','Air 15','2023-01-12','2026-01-11','active'),('A-1006',3,'desktop','Hexon','D1','2018-11-30','2021-11-29','retired'),
('A-1007',3,'printer','Inkora','P350','2020-10-01',NULL,'active'),('A-1008',4,'laptop','Lumo','Slim','2023-02-15','2025-02-14','active'),('A-1009',4,'laptop','Corvex','Air 13','2023-02-15','2026-02-14','repair'),
('A-1010',5,'desktop','Hexon','D2','2022-10-10','2025-10-09','active'),('A-1011',6,'server','Hexon','R2','2019-08-08','2022-08-07','active'),('A-1012',6,'router','Netlink','X8','2021-07-14','2024-07-13','active'),
('A-1013',8,'phone','Lumo','V5','2023-07-01','2025-06-30','lost'),('A-1014',8,'laptop','Lumo','Slim','2023-07-01','2025-06-30','active'),('A-1015',NULL,'laptop','Corvex','Air 15','2024-01-20','2027-01-19','spare');
INSERT INTO tickets VALUES
(9001,1,'A-1001',4,4,'Laptop does not boot','high','closed','2023-01-09 08:15:00','2023-01-09 15:40:00',95,4),
(9002,1,'A-1002',5,3,'Printer jams daily','low','closed','2023-01-20 10:00:00','2023-01-25 09:30:00',140,3),
(9003,2,'A-1004',6,2,'VPN drops every hour','critical','closed','2023-02-14 07:45:00','2023-02-16 18:00:00',310,5),
(9004,3,'A-1006',4,4,'Screen flickers','medium','closed','2023-03-03 13:20:00','2023-03-06 11:00:00',60,NULL),
(9005,3,NULL,5,5,'Password reset','low','closed','2023-03-04 09:00:00','2023-03-04 09:12:00',10,5),
(9006,6,'A-1011',6,8,'Server out of disk space','critical','closed','2023-05-29 22:05:00','2023-05-30 03:45:00',270,4),
(9007,4,'A-1008',4,5,'Battery swollen','high','closed','2023-06-12 12:00:00','2023-06-20 16:10:00',75,2),
(9008,6,'A-1012',6,2,'Wifi slow in plant 2','medium','closed','2023-08-17 15:30:00','2023-08-21 10:25:00',185,3),
(9009,5,'A-1010',5,4,'Cannot install updates','medium','closed','2023-10-02 09:50:00','2023-10-03 14:00:00',50,4),
(9010,1,'A-1003',4,1,'Database server crash','critical','closed','2023-11-21 03:10:00','2023-11-21 08:55:00',420,5),
(9011,8,'A-1013',5,5,'Phone lost by guest relations','low','closed','2023-12-18 11:11:00','2023-12-19 12:00:00',25,NULL),
(9012,2,'A-1005',7,3,'Docking station not detected','medium','closed','2024-01-15 08:30:00','2024-01-16 17:20:00',80,1),
(9013,4,'A-1009',4,3,'Laptop overheats','high','open','2024-02-26 14:45:00',NULL,110,NULL),
(9014,4,NULL,9,9,'Password reset','low','closed','2024-03-01 10:05:00','2024-03-01 10:20:00',12,5),
(9015,6,'A-1012',7,6,'Router reboots','high','pending','2024-03-11 06:40:00',NULL,65,NULL),
(9016,8,NULL,9,NULL,'New starter accounts','medium','new','2024-03-18 16:00:00',NULL,NULL,NULL),
(9017,2,'A-1004',6,2,'VPN certificate expired','critical','closed','2024-03-20 05:55:00','2024-03-20 09:15:00',130,4),
(9018,1,'A-1001',9,4,'Laptop keyboard sticky','low','open','2024-03-22 13:35:00',NULL,15,NULL),
(9019,2,'A-1004',7,2,'Firewall rule for depot scanner','low','closed','2024-04-03 09:40:00','2024-04-05 10:00:00',55,3),
(9020,2,NULL,4,6,'Guest network for auditors','medium','pending','2024-04-09 11:25:00',NULL,20,NULL),
(9021,7,NULL,9,5,'Badge printer setup','low','new','2024-04-11 08:00:00',NULL,NULL,NULL);
INSERT INTO kb_articles VALUES
(1,'Resetting a forgotten password','accounts',5,'2022-06-01',4210,1),(2,'VPN troubleshooting checklist','network',2,'2021-11-18',2875,1),(3,'Freeing disk space on servers','servers',8,'2023-06-02',640,0),
(4,'Clearing printer jams','printing',3,'2020-01-27',1930,1),(5,'Safe handling of swollen batteries','hardware',3,'2023-06-21',410,1),(6,'Escalation rules','process',1,'2019-09-09',1505,0),
(7,'Docking station drivers','hardware',4,'2024-01-17',95,1),(8,'Renewing VPN certificates','network',2,'2024-03-21',38,0),(9,'Wifi channel planning','network',6,NULL,0,0);
INSERT INTO ticket_articles VALUES
(9002,4,'yes'),(9003,2,'yes'),(9003,6,'no'),(9005,1,'yes'),(9006,6,'yes'),(9008,2,'no'),(9010,3,'yes'),(9010,6,NULL),(9012,7,'no'),(9013,5,NULL),(9014,1,'yes'),(9017,2,'yes'),(9017,6,'no');

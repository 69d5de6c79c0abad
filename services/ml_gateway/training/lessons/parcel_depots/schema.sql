CREATE TABLE depots (
  id INTEGER PRIMARY KEY,
  depot_name TEXT NOT NULL,
  town TEXT,
  country TEXT,
  capacity INTEGER,
  opened_on DATE
);
CREATE TABLE couriers (
  id INTEGER PRIMARY KEY,
  first_name TEXT,
  last_name TEXT,
  depot_id INTEGER REFERENCES depots(id),
  vehicle TEXT,
  hired_on DATE,
  daily_rate REAL,
  is_active INTEGER
);
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  name TEXT,
  kind TEXT,
  town TEXT,
  email TEXT
);
CREATE TABLE parcels (
  id INTEGER PRIMARY KEY,
  tracking_code TEXT,
  sender_id INTEGER REFERENCES customers(id),
  receiver_id INTEGER REFERENCES customers(id),
  origin_depot_id INTEGER REFERENCES depots(id),
  destination_depot_id INTEGER REFERENCES depots(id),
  courier_id INTEGER REFERENCES couriers(id),
  weight_kg REAL,
  price DECIMAL(8,2),
  status TEXT,
  posted_at DATETIME,
  delivered_at DATETIME
);
CREATE TABLE scans (
  parcel_id INTEGER REFERENCES parcels(id),
  seq INTEGER,
  depot_id INTEGER REFERENCES depots(id),
  scanned_at DATETIME,
  scan_type TEXT,
  PRIMARY KEY (parcel_id, seq)
);
INSERT INTO depots VALUES
(1,'Harbour Hub','Bremen','Germany',1200,'2009-04-01'),
(2,'Northgate','Kiel','Germany',450,'2014-09-15'),
(3,'Mill Lane','Ghent','Belgium',600,'2012-02-20'),
(4,'Old Tannery','Utrecht','Netherlands',800,'2016-06-06'),
(5,'Canal Yard','Utrecht','Netherlands',300,'2021-11-03'),
(6,'Vineyard Stop','Trier','Germany',150,'2022-05-17'),
(7,'Quayside','Antwerp','Belgium',950,'2018-01-29'),
(8,'Lindenhof','Basel','Switzerland',500,'2023-03-12'),
(9,'Gare du Nord','Namur','Belgium',275,'2019-07-08');
INSERT INTO couriers VALUES
(1,'Maarten','Visser',4,'van','2017-03-01',145.0,1),
(2,'Greta','Holm',1,'truck','2015-08-10',170.5,1),
(3,'Jonas','Becker',1,'van','2019-11-25',150.0,0),
(4,'Lien','Claes',3,'bike','2021-04-12',110.0,1),
(5,'Yusuf','Demir',7,'van','2020-01-07',148.0,1),
(6,'Anouk','Visser',5,'bike','2022-06-30',108.0,1),
(7,'Tilda','Franke',2,'van','2023-02-14',139.0,1),
(8,'Pieter','Maes',7,'truck','2018-10-02',165.0,0),
(9,'Greta','Lorenz',NULL,'bike','2024-05-20',105.0,1),
(10,'Bram','de Wit',4,'truck','2016-12-19',172.0,1);
INSERT INTO customers VALUES
(1,'Osterloh Books','business','Bremen','orders@osterloh.example'),
(2,'Femke Janssen','private','Utrecht','femke@mail.example'),
(3,'Lamp & Loom','business','Ghent',NULL),
(4,'Ruben Peeters','private','Antwerp','ruben@post.example'),
(5,'Heidi Vogt','private','Trier',NULL),
(6,'Tulip Traders','business','Utrecht','hello@tulip.example'),
(7,'Karl Brandt','private','Kiel','karl@mail.example'),
(8,'Alpine Clocks','business','Basel','shop@alpineclocks.example'),
(9,'Noor Bakker','private','Utrecht','noor@post.example'),
(10,'Seifert Tools','business','Kiel','info@seifert.example'),
(11,'Ines Dubois','private','Ghent','ines@mail.example'),
(12,'Paper Moon','business','Antwerp',NULL);
INSERT INTO parcels VALUES
(1,'BX1001',1,2,1,4,1,2.4,8.90,'delivered','2022-03-04 09:12:00','2022-03-06 14:30:00'),
(2,'BX1002',1,4,1,7,5,0.8,5.50,'delivered','2022-07-19 10:00:00','2022-07-22 11:15:00'),
(3,'BX1003',3,5,3,6,NULL,5.1,14.20,'lost','2022-11-02 16:40:00',NULL),
(4,'KD2001',6,7,4,2,7,12.5,27.00,'delivered','2023-01-11 08:05:00','2023-01-14 17:20:00'),
(5,'KD2002',6,2,4,5,6,0.4,4.20,'delivered','2023-02-27 12:30:00','2023-02-28 09:45:00'),
(6,'KD2003',8,1,8,1,2,7.3,31.50,'delivered','2023-04-03 07:50:00','2023-04-08 13:10:00'),
(7,'KD2004',2,9,4,5,6,1.1,5.90,'returned','2023-05-21 15:25:00',NULL),
(8,'BX1004',1,11,1,3,4,3.2,9.80,'delivered','2023-08-30 11:11:00','2023-09-02 10:02:00'),
(9,'GH3001',10,6,2,4,10,22.0,44.00,'delivered','2023-10-12 06:45:00','2023-10-15 16:00:00'),
(10,'GH3002',10,3,2,3,4,1.9,7.70,'delivered','2023-12-18 13:35:00','2023-12-23 12:00:00'),
(11,'GH3003',4,5,7,6,1,0.6,6.10,'in transit','2024-01-09 09:00:00',NULL),
(12,'BX1005',1,2,1,4,1,2.2,8.90,'delivered','2024-01-25 10:20:00','2024-01-27 15:40:00'),
(13,'AM4001',12,4,7,7,5,0.3,3.80,'delivered','2024-02-06 17:15:00','2024-02-07 09:30:00'),
(14,'AM4002',12,8,4,8,NULL,9.4,38.00,'in transit','2024-02-29 08:30:00',NULL),
(15,'AM4003',9,2,5,4,1,1.5,5.20,'delivered','2024-03-08 14:00:00','2024-03-09 12:25:00'),
(16,'AM4004',10,1,2,1,3,16.8,24.50,'delivered','2024-03-17 07:10:00','2024-03-19 08:55:00'),
(17,'KD2005',8,6,8,4,10,4.6,29.90,'returned','2024-04-02 10:45:00',NULL),
(18,'KD2006',3,11,3,3,4,0.9,3.60,'delivered','2024-05-13 16:05:00','2024-05-14 11:50:00'),
(19,'KD2007',6,4,4,7,NULL,6.0,13.40,'announced',NULL,NULL),
(20,'BX1006',7,10,2,2,7,0.7,3.90,'delivered','2024-06-01 09:30:00','2024-06-03 10:10:00');
INSERT INTO scans VALUES
(1,1,1,'2022-03-04 18:00:00','in'),(1,2,4,'2022-03-06 06:10:00','in'),(1,3,4,'2022-03-06 08:00:00','out'),
(2,1,1,'2022-07-19 19:30:00','in'),(2,2,7,'2022-07-21 22:05:00','in'),
(3,1,3,'2022-11-02 20:15:00','in'),
(4,1,4,'2023-01-11 17:00:00','in'),(4,2,1,'2023-01-12 23:50:00','in'),(4,3,2,'2023-01-14 05:30:00','in'),(4,4,2,'2023-01-14 07:45:00','out'),
(6,1,8,'2023-04-03 18:20:00','in'),(6,2,6,'2023-04-05 04:00:00','damaged'),(6,3,1,'2023-04-07 21:40:00','in'),
(7,1,4,'2023-05-21 19:00:00','in'),(7,2,5,'2023-05-22 07:20:00','refused'),
(9,1,2,'2023-10-12 18:10:00','in'),(9,2,1,'2023-10-13 22:00:00','damaged'),(9,3,4,'2023-10-15 05:55:00','in'),
(11,1,7,'2024-01-09 20:00:00','in'),
(12,1,1,'2024-01-25 18:30:00','in'),(12,2,4,'2024-01-27 06:00:00','in'),
(14,1,4,'2024-02-29 19:15:00','in'),(14,2,6,'2024-03-02 03:30:00','in'),
(17,1,8,'2024-04-02 19:00:00','in'),(17,2,4,'2024-04-05 06:35:00','refused');

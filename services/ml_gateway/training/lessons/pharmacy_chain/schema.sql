CREATE TABLE shops (
  shop_id INTEGER PRIMARY KEY,
  shop_name TEXT NOT NULL,
  town TEXT,
  opened_on DATE,
  floor_area REAL,
  night_service TEXT
);
CREATE TABLE pharmacists (
  pharmacist_id INTEGER PRIMARY KEY,
  first_name TEXT,
  last_name TEXT,
  shop_id INTEGER REFERENCES shops(shop_id),
  supervisor_id INTEGER REFERENCES pharmacists(pharmacist_id),
  hired_on DATE,
  weekly_hours INTEGER,
  salary DECIMAL(9,2)
);
CREATE TABLE suppliers (
  supplier_id INTEGER PRIMARY KEY,
  supplier_name TEXT,
  country TEXT,
  lead_days INTEGER,
  phone TEXT
);
CREATE TABLE medicines (
  med_id INTEGER PRIMARY KEY,
  med_name TEXT,
  active_agent TEXT,
  form TEXT,
  unit_price DECIMAL(8,2),
  prescription_only TEXT,
  supplier_id INTEGER,
  FOREIGN KEY (supplier_id) REFERENCES suppliers(supplier_id)
);
CREATE TABLE stock (
  shop_id INTEGER,
  med_id INTEGER,
  qty INTEGER,
  min_qty INTEGER,
  expiry_date DATE,
  PRIMARY KEY (shop_id, med_id),
  FOREIGN KEY (shop_id) REFERENCES shops(shop_id),
  FOREIGN KEY (med_id) REFERENCES medicines(med_id)
);
CREATE TABLE patients (
  patient_id INTEGER PRIMARY KEY,
  first_name TEXT,
  last_name TEXT,
  dob DATE,
  sex TEXT,
  town TEXT,
  insurer TEXT
);
CREATE TABLE prescriptions (
  rx_no INTEGER PRIMARY KEY,
  patient_id INTEGER REFERENCES patients(patient_id),
  pharmacist_id INTEGER REFERENCES pharmacists(pharmacist_id),
  doctor TEXT,
  issued_on DATE,
  filled_on DATE
);
CREATE TABLE prescription_items (
  rx_no INTEGER REFERENCES prescriptions(rx_no),
  med_id INTEGER REFERENCES medicines(med_id),
  packs INTEGER,
  PRIMARY KEY (rx_no, med_id)
);
INSERT INTO shops VALUES
 (1,'Bridge Pharmacy','Harlow','2009-04-02',120.5,'yes'),
 (2,'Market Square Pharmacy','Harlow','2014-09-15',88.0,'no'),
 (3,'Old Mill Pharmacy','Tring','2017-03-01',64.5,'no'),
 (4,'Seaview Pharmacy','Whitby','2019-06-20',140.0,'yes'),
 (5,'Station Pharmacy','Kelso','2021-11-08',52.0,'no'),
 (6,'Green Cross','Tring','2022-02-14',97.0,'yes'),
 (7,'Abbey Pharmacy','Whitby','2023-10-05',75.0,'no'),
 (8,'Orchard Pharmacy','Ludlow','2024-05-27',110.0,'no');
INSERT INTO pharmacists VALUES
 (1,'Nora','Aldous',1,NULL,'2010-01-11',40,68500),
 (2,'Ivan','Petrov',1,1,'2015-05-04',38,54200),
 (3,'Grace','Mbeki',2,1,'2016-08-22',40,55900),
 (4,'Tomas','Lind',2,3,'2022-03-07',20,26800),
 (5,'Helen','Frost',3,1,'2017-02-13',40,57300),
 (6,'Omar','Haddad',4,1,'2019-05-06',40,58800),
 (7,'Lucy','Petrov',4,6,'2018-09-13',30,39900),
 (8,'Sean','Doyle',5,1,'2021-10-18',36,51000),
 (9,'Ana','Ruiz',6,5,'2022-06-27',24,31500),
 (10,'Mei','Tan',4,6,'2023-01-09',40,47600),
 (11,'Paul','Frost',7,6,'2023-09-18',38,48100),
 (12,'Rita','Kovac',NULL,NULL,'2024-02-01',16,21200);
INSERT INTO suppliers VALUES
 (1,'Medivale','Germany',3,'0049-30-5512'),
 (2,'Norpharm','Norway',6,'0047-22-8841'),
 (3,'Helix Labs','Switzerland',5,NULL),
 (4,'Caldera Health','Spain',8,'0034-91-2277'),
 (5,'Brookfield Generics','United Kingdom',1,'01632-441'),
 (6,'Rhein Wirkstoffe','Germany',4,'0049-221-903'),
 (7,'Polar Remedies','Finland',9,NULL),
 (8,'Tamar Supplies','United Kingdom',2,'01632-778');
INSERT INTO medicines VALUES
 (1,'Dolofin','ibuprofen','tablet',4.80,'no',5),
 (2,'Dolofin Gel','ibuprofen','gel',6.95,'no',5),
 (3,'Amoxal','amoxicillin','capsule',9.40,'yes',1),
 (4,'Respira','salbutamol','inhaler',14.20,'yes',3),
 (5,'Calmora','melatonin','tablet',11.10,'no',2),
 (6,'Cardex','bisoprolol','tablet',7.60,'yes',1),
 (7,'Sugalin','metformin','tablet',5.25,'yes',6),
 (8,'Tussex','dextromethorphan','syrup',6.30,'no',4),
 (9,'Histadol','cetirizine','tablet',3.95,'no',5),
 (10,'Ocutear','hyaluronate','drops',8.85,'no',3),
 (11,'Statomax','atorvastatin','tablet',12.75,'yes',6),
 (12,'Penvex','amoxicillin','syrup',10.15,'yes',4),
 (13,'Feverol','paracetamol','syrup',5.60,'no',NULL),
 (14,'Insuline Rapid','insulin','injection',38.90,'yes',3),
 (15,'Nervalin','pregabalin','capsule',16.45,'yes',6);
INSERT INTO stock VALUES
 (1,1,140,50,'2025-08-31'),(1,3,22,30,'2024-12-31'),(1,4,18,10,'2025-03-31'),(1,7,60,40,'2026-01-31'),(1,11,35,20,'2025-11-30'),(1,14,6,8,'2024-10-31'),
 (2,1,95,50,'2025-06-30'),(2,5,12,10,'2024-11-30'),(2,9,0,25,NULL),(2,6,41,20,'2025-09-30'),
 (3,2,16,10,'2025-02-28'),(3,8,9,15,'2024-12-31'),(3,7,33,30,'2025-12-31'),
 (4,1,77,40,'2025-10-31'),(4,3,48,30,'2025-01-31'),(4,10,27,10,'2025-07-31'),(4,14,15,8,'2025-05-31'),(4,12,5,12,'2024-09-30'),
 (5,9,64,25,'2026-03-31'),(5,8,0,15,NULL),
 (6,4,11,10,'2025-04-30'),(6,6,19,20,'2025-08-31'),(6,11,52,20,'2026-02-28'),
 (7,1,31,40,'2025-12-31'),(7,10,8,10,'2024-11-30');
INSERT INTO patients VALUES
 (1,'Edith','Marlow','1948-07-19','F','Harlow','Unity Care'),
 (2,'George','Pike','1955-02-03','M','Harlow','Sterling Health'),
 (3,'Amina','Yusuf','1987-11-25','F','Tring','Unity Care'),
 (4,'Jack','Marlow','1979-04-14','M','Harlow',NULL),
 (5,'Sofia','Bianchi','1993-09-08','F','Whitby','Bluestone'),
 (6,'Leo','Grant','2015-01-30','M','Whitby','Bluestone'),
 (7,'Wendy','Okoro','1962-12-12','F','Kelso','Sterling Health'),
 (8,'Piotr','Nowak','1971-06-05','M','Tring',NULL),
 (9,'Chloe','Grant','1984-03-22','F','Whitby','Unity Care'),
 (10,'Hugh','Lacey','1939-10-01','M','Ludlow','Sterling Health'),
 (11,'Zara','Khan','2001-05-17','F','Leeds',NULL);
INSERT INTO prescriptions VALUES
 (5001,1,2,'Dr Salter','2023-02-06','2023-02-07'),
 (5002,2,1,'Dr Salter','2023-03-15','2023-03-15'),
 (5003,1,2,'Dr Hume','2023-05-22','2023-05-24'),
 (5004,3,5,'Dr Osei','2023-06-30','2023-07-03'),
 (5005,5,6,'Dr Brandt','2023-09-12','2023-09-12'),
 (5006,6,7,'Dr Brandt','2023-11-02','2023-11-03'),
 (5007,1,1,'Dr Salter','2024-01-09','2024-01-10'),
 (5008,7,8,'Dr Kerr','2024-01-25','2024-01-29'),
 (5009,2,3,'Dr Salter','2024-03-05','2024-03-05'),
 (5010,8,NULL,'Dr Osei','2024-03-19',NULL),
 (5011,3,9,'Dr Osei','2024-04-11','2024-04-12'),
 (5012,9,6,'Dr Brandt','2024-05-02','2024-05-06'),
 (5013,5,6,'Dr Kerr','2024-06-17','2024-06-18'),
 (5014,1,1,'Dr Salter','2024-08-20','2024-08-21'),
 (5015,6,NULL,'Dr Brandt','2024-09-03',NULL),
 (5016,3,9,'Dr Osei','2024-09-24','2024-09-24');
INSERT INTO prescription_items VALUES
 (5001,6,2),(5001,11,1),(5002,7,3),(5003,6,2),(5004,4,1),(5004,3,1),(5005,3,2),(5006,12,1),(5006,4,1),
 (5007,6,3),(5007,11,2),(5007,7,1),(5008,14,4),(5009,7,3),(5009,14,2),(5010,3,1),(5011,4,2),(5012,12,1),(5012,2,1),(5013,3,1),(5014,11,3),(5015,12,2),(5016,4,1),(5016,5,1);

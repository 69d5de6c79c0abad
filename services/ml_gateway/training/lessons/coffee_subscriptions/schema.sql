CREATE TABLE Plan (
  PlanCode TEXT PRIMARY KEY,
  PlanName TEXT,
  BagsPerMonth INTEGER,
  MonthlyPrice DECIMAL(6,2)
);
CREATE TABLE Subscriber (
  SubscriberNo INTEGER PRIMARY KEY,
  FullName TEXT,
  City TEXT,
  Gender TEXT,
  Dob DATE,
  PlanCode TEXT,
  JoinedOn DATE,
  CancelledOn DATE,
  ReferredBy INTEGER,
  FOREIGN KEY (PlanCode) REFERENCES Plan(PlanCode),
  FOREIGN KEY (ReferredBy) REFERENCES Subscriber(SubscriberNo)
);
CREATE TABLE Bean (
  BeanId INTEGER PRIMARY KEY,
  BeanName TEXT,
  OriginCountry TEXT,
  Roast TEXT,
  Decaf TEXT,
  StockKg REAL,
  PricePerKg DECIMAL(6,2)
);
CREATE TABLE Shipment (
  ShipmentNo INTEGER PRIMARY KEY,
  SubscriberNo INTEGER,
  ShippedOn DATE,
  Carrier TEXT,
  Postage DECIMAL(5,2),
  FOREIGN KEY (SubscriberNo) REFERENCES Subscriber(SubscriberNo)
);
CREATE TABLE ShipmentBean (
  ShipmentNo INTEGER,
  BeanId INTEGER,
  Qty INTEGER,
  Grind TEXT,
  PRIMARY KEY (ShipmentNo, BeanId),
  FOREIGN KEY (ShipmentNo) REFERENCES Shipment(ShipmentNo),
  FOREIGN KEY (BeanId) REFERENCES Bean(BeanId)
);
CREATE TABLE Review (
  ReviewId INTEGER PRIMARY KEY,
  SubscriberNo INTEGER,
  BeanId INTEGER,
  Stars INTEGER,
  Remark TEXT,
  WrittenOn DATE,
  FOREIGN KEY (SubscriberNo) REFERENCES Subscriber(SubscriberNo),
  FOREIGN KEY (BeanId) REFERENCES Bean(BeanId)
);
INSERT INTO Plan VALUES
('SIP','Sipper',1,14.50),('DAY','Daily Cup',2,26.00),('OFF','Office Box',8,92.00),('GIF','Gift Tin',1,19.90),('ESP','Espresso Club',3,39.00);
INSERT INTO Subscriber VALUES
(101,'Clara Whitfield','Leeds','F','1988-04-02','DAY','2022-01-15',NULL,NULL),
(102,'Owen Pritchard','Cardiff','M','1975-11-19','ESP','2022-02-03',NULL,101),
(103,'Marisol Vega','Bristol','F','1993-07-27','SIP','2022-03-28','2023-03-31',101),
(104,'Dougal Frame','Glasgow','M','1969-01-08','OFF','2022-06-10',NULL,NULL),
(105,'Hattie Okoro','Leeds','F','1997-09-14','DAY','2022-09-01',NULL,103),
(106,'Piers Langley','Bristol','M',NULL,'SIP','2023-01-20','2023-12-05',NULL),
(107,'Sunita Rao','Leicester','F','1984-12-30','ESP','2023-02-14',NULL,102),
(108,'Callum Baird','Glasgow','M','1990-05-05','DAY','2023-05-22','2024-02-29',104),
(109,'Bethan Lloyd','Cardiff','F','1979-03-16','SIP','2023-08-09',NULL,101),
(110,'Tobias Finch','Leeds','M','2001-06-21','SIP','2023-11-30',NULL,NULL),
(111,'Greta Nowak','Bristol','F','1995-02-11','DAY','2024-01-07',NULL,105),
(112,'Ewan Mather','Inverness','M','1982-10-23','OFF','2024-03-18',NULL,NULL),
(113,'Isla Mather','Inverness','F',NULL,'ESP','2024-04-25',NULL,112);
INSERT INTO Bean VALUES
(1,'Red Kite','Ethiopia','light','no',42.5,28.00),
(2,'Night Train','Brazil','dark','no',120.0,19.50),
(3,'Kiambu Morning','Kenya','light','no',18.0,31.00),
(4,'Quiet Hour','Colombia','medium','yes',25.5,24.00),
(5,'Huila Sunrise','Colombia','medium','no',66.0,26.50),
(6,'Old Monsoon','India','dark','no',9.5,22.00),
(7,'Velvet Decaf','Brazil','dark','yes',14.0,21.50),
(8,'Lake Toba','Indonesia','dark','no',33.0,23.50),
(9,'Sidamo Bloom','Ethiopia','light','no',0.0,34.00),
(10,'Cerrado Gold','Brazil','medium','no',80.0,20.50);
INSERT INTO Shipment VALUES
(5001,101,'2022-02-01','Royal Mail',3.20),
(5002,102,'2022-02-20','DPD',4.10),
(5003,103,'2022-04-11','Royal Mail',3.20),
(5004,104,'2022-07-04','DPD',9.80),
(5005,101,'2022-08-02','Evri',2.90),
(5006,105,'2022-09-19','Royal Mail',3.20),
(5007,104,'2023-01-16','DPD',10.40),
(5008,107,'2023-03-06','Evri',3.00),
(5009,106,'2023-03-21','Royal Mail',3.40),
(5010,102,'2023-04-18','DPD',4.30),
(5011,108,'2023-06-12','Evri',3.00),
(5012,101,'2023-09-05','Royal Mail',3.50),
(5013,109,'2023-10-02','Royal Mail',3.50),
(5014,104,'2024-01-22','DPD',11.00),
(5015,111,'2024-02-13','Evri',3.10),
(5016,107,'2024-03-11','Royal Mail',3.60),
(5017,112,'2024-04-08','DPD',12.50),
(5018,104,'2024-05-30','DPD',11.20),
(5019,101,'2024-06-17','Evri',NULL),
(5020,105,'2024-07-01','Royal Mail',3.70),
(5021,101,'2024-08-05','Royal Mail',3.70);
INSERT INTO ShipmentBean VALUES
(5001,1,1,'filter'),(5001,5,1,'whole'),(5002,2,3,'espresso'),(5003,4,1,'filter'),(5004,2,5,'whole'),(5004,5,3,'whole'),
(5005,3,2,'filter'),(5006,1,1,'filter'),(5006,8,1,'press'),(5007,2,6,'whole'),(5007,7,2,'whole'),(5008,2,2,'espresso'),
(5008,6,1,'espresso'),(5009,5,1,'press'),(5010,8,3,'espresso'),(5011,1,1,'whole'),(5011,3,1,'whole'),(5012,1,2,'filter'),
(5013,4,1,'press'),(5014,2,4,'whole'),(5014,5,4,'whole'),(5015,5,2,'filter'),(5016,6,3,'espresso'),(5017,7,8,'filter');
INSERT INTO Review VALUES
(1,101,1,5,'Bright and juicy','2022-02-10'),
(2,102,2,4,'Great with milk','2022-03-01'),
(3,103,4,2,NULL,'2022-05-02'),
(4,104,2,5,'The office loves it','2022-08-15'),
(5,101,3,4,'Lovely but pricey','2022-08-20'),
(6,105,1,3,'A bit sour','2022-10-04'),
(7,107,6,1,'Stale bag','2023-03-20'),
(8,102,8,5,NULL,'2023-05-02'),
(9,108,3,5,'Wonderful','2023-07-01'),
(10,104,7,2,'Thin','2023-02-11'),
(11,109,4,4,NULL,'2023-10-20'),
(12,101,1,4,'Still bright','2023-09-29'),
(13,111,5,5,'My favourite','2024-03-03'),
(14,107,2,4,'Solid','2023-04-02'),
(15,112,7,3,NULL,'2024-05-05'),
(16,110,1,2,'Tried it at a friend','2024-01-09');

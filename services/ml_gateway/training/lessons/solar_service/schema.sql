CREATE TABLE Site (
  id INTEGER PRIMARY KEY,
  siteName TEXT,
  county TEXT,
  ownerKind TEXT,
  peakKw REAL,
  commissioned DATE,
  decommissioned DATE
);
CREATE TABLE Inverter (
  id INTEGER PRIMARY KEY,
  siteId INTEGER,
  brand TEXT,
  serialNumber TEXT,
  ratedKw REAL,
  replacesId INTEGER,
  FOREIGN KEY (siteId) REFERENCES Site(id),
  FOREIGN KEY (replacesId) REFERENCES Inverter(id)
);
CREATE TABLE MeterReading (
  siteId INTEGER,
  readMonth DATE,
  kwhProduced REAL,
  kwhExported REAL,
  PRIMARY KEY (siteId, readMonth),
  FOREIGN KEY (siteId) REFERENCES Site(id)
);
CREATE TABLE Engineer (
  id INTEGER PRIMARY KEY,
  name TEXT,
  homeCounty TEXT,
  grade TEXT,
  startYear TEXT
);
CREATE TABLE FaultTicket (
  id INTEGER PRIMARY KEY,
  inverterId INTEGER,
  reportedBy INTEGER,
  fixedBy INTEGER,
  reportedAt DATETIME,
  fixedAt DATETIME,
  severity INTEGER,
  faultType TEXT,
  FOREIGN KEY (inverterId) REFERENCES Inverter(id),
  FOREIGN KEY (reportedBy) REFERENCES Engineer(id),
  FOREIGN KEY (fixedBy) REFERENCES Engineer(id)
);
CREATE TABLE ServiceContract (
  contractNo TEXT PRIMARY KEY,
  siteId INTEGER,
  level TEXT,
  yearlyFee INTEGER,
  startsOn DATE,
  endsOn DATE,
  FOREIGN KEY (siteId) REFERENCES Site(id)
);
INSERT INTO Site VALUES
(1,'Gorse Farm','Devon','farm',120.0,'2017-05-10',NULL),(2,'St Petroc Church','Cornwall','charity',18.5,'2019-09-02',NULL),(3,'Tamar Cold Store','Cornwall','company',310.0,'2020-03-16',NULL),
(4,'Hollow Lane School','Somerset','public',64.0,'2018-07-27',NULL),(5,'Brue Dairy','Somerset','farm',205.0,'2021-11-08',NULL),(6,'Exe Mill Lofts','Devon','company',47.5,'2016-02-19','2024-01-31'),
(7,'Quantock Hall','Somerset','charity',22.0,'2023-04-24',NULL),(8,'Portland Sheds','Dorset','company',150.0,'2024-05-13',NULL),(9,'Bodmin Library','Cornwall','public',36.0,'2022-08-30',NULL);
INSERT INTO Inverter VALUES
(1,1,'Voltara','VT-1001',60,NULL),(2,1,'Voltara','VT-1002',60,NULL),(3,2,'Heliq','HQ-77',20,NULL),(4,3,'Sunmere','SM-410',150,NULL),(5,3,'Sunmere','SM-411',150,NULL),
(6,4,'Voltara','VT-2090',60,NULL),(7,5,'Heliq','HQ-301',100,NULL),(8,5,'Heliq','HQ-302',100,NULL),(9,6,'Kado','KD-5',50,NULL),(10,7,'Heliq','HQ-412',25,NULL),
(11,1,'Heliq','HQ-500',66,2),(12,3,'Voltara','VT-3310',160,5),(13,9,'Kado','KD-19',36,NULL);
INSERT INTO MeterReading VALUES
(1,'2023-01-01',2900,2100),(1,'2023-06-01',15400,13050),(1,'2024-06-01',16020,12990),(2,'2023-06-01',2210,760),(2,'2024-01-01',310,25),(3,'2023-01-01',7600,0),(3,'2023-06-01',39800,1200),
(3,'2024-06-01',37100,900),(4,'2023-01-01',1530,310),(4,'2023-06-01',7900,2950),(4,'2023-08-01',7450,6900),(5,'2023-06-01',25900,17800),(5,'2024-01-01',4300,2050),(5,'2024-06-01',26850,18400),
(6,'2023-06-01',5200,4100),(6,'2024-01-01',640,NULL),(7,'2023-06-01',2650,1900),(7,'2024-06-01',2780,1940);
INSERT INTO Engineer VALUES (1,'Morwenna Pascoe','Cornwall','senior','2012'),(2,'Ged Lovell','Devon','senior','2015'),(3,'Kit Arscott','Devon','junior','2022'),(4,'Nadia Shah','Somerset','lead','2010'),(5,'Owen Tregear','Cornwall','junior','2023'),(6,'Bea Hutchings','Dorset','senior','2018');
INSERT INTO FaultTicket VALUES
(1,2,3,2,'2022-11-14 08:20:00','2022-11-15 16:00:00',3,'fan'),(2,5,1,1,'2023-01-09 10:05:00','2023-01-12 12:30:00',4,'earth fault'),(3,2,2,4,'2023-02-21 14:40:00','2023-03-02 09:10:00',5,'burnt board'),
(4,3,1,5,'2023-05-03 09:00:00','2023-05-03 15:45:00',1,'display'),(5,7,4,4,'2023-07-18 11:25:00','2023-07-19 10:00:00',2,'communication'),(6,9,3,2,'2023-09-06 13:15:00','2023-09-20 17:20:00',4,'earth fault'),
(7,5,5,1,'2023-10-02 07:50:00','2023-10-30 11:00:00',5,'burnt board'),(8,6,4,3,'2023-12-11 15:30:00','2023-12-13 09:40:00',2,'communication'),(9,9,2,NULL,'2024-01-08 10:10:00',NULL,5,'burnt board'),
(10,4,1,1,'2024-03-19 12:00:00','2024-03-20 14:15:00',3,'fan'),(11,8,4,2,'2024-04-22 09:35:00','2024-04-29 16:50:00',3,'fan'),(12,11,3,NULL,'2024-06-17 08:45:00',NULL,2,'communication'),(13,10,4,3,'2024-06-20 16:05:00','2024-06-24 10:30:00',1,'display'),(14,5,1,1,'2023-08-15 10:40:00','2023-08-16 12:00:00',3,'fan');
INSERT INTO ServiceContract VALUES
('SC-01',1,'gold',1450,'2018-01-01','2022-12-31'),('SC-02',1,'silver',1100,'2023-01-01','2025-12-31'),('SC-03',2,'bronze',240,'2020-01-01',NULL),('SC-04',3,'gold',3900,'2020-04-01','2026-03-31'),
('SC-05',4,'silver',780,'2021-09-01','2023-08-31'),('SC-06',5,'gold',2650,'2022-01-01',NULL),('SC-07',6,'bronze',420,'2017-01-01','2024-01-31'),('SC-08',7,'bronze',260,'2023-05-01','2024-04-30'),('SC-09',7,'silver',395,'2024-05-01',NULL);

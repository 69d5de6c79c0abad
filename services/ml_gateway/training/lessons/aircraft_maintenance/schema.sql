CREATE TABLE Owner (
  OwnerNo INTEGER PRIMARY KEY,
  OwnerName TEXT,
  Base TEXT,
  CreditLimit INTEGER
);
CREATE TABLE Aircraft (
  TailNo TEXT PRIMARY KEY,
  OwnerNo INTEGER REFERENCES Owner(OwnerNo),
  Manufacturer TEXT,
  ModelName TEXT,
  BuiltYear INTEGER,
  FlightHours REAL,
  Engines INTEGER
);
CREATE TABLE Mechanic (
  MechNo INTEGER PRIMARY KEY,
  GivenName TEXT,
  Surname TEXT,
  Gender CHAR(1),
  Hired DATE,
  Salary INTEGER,
  SupervisorNo INTEGER REFERENCES Mechanic(MechNo)
);
CREATE TABLE Certificate (
  CertCode TEXT PRIMARY KEY,
  CertTitle TEXT,
  ValidMonths INTEGER
);
CREATE TABLE MechCert (
  MechNo INTEGER REFERENCES Mechanic(MechNo),
  CertCode TEXT REFERENCES Certificate(CertCode),
  IssuedOn DATE,
  Score INTEGER,
  PRIMARY KEY (MechNo, CertCode)
);
CREATE TABLE WorkOrder (
  WoNo INTEGER PRIMARY KEY,
  TailNo TEXT REFERENCES Aircraft(TailNo),
  AssignedTo INTEGER REFERENCES Mechanic(MechNo),
  InspectedBy INTEGER REFERENCES Mechanic(MechNo),
  Opened DATE,
  Completed DATE,
  Priority CHAR(1),
  Description TEXT,
  LabourHrs REAL
);
CREATE TABLE Supplier (
  SupplierNo INTEGER PRIMARY KEY,
  SupplierName TEXT,
  Country TEXT
);
CREATE TABLE Part (
  PartNo TEXT PRIMARY KEY,
  PartName TEXT,
  SupplierNo INTEGER REFERENCES Supplier(SupplierNo),
  UnitCost DECIMAL(10,2),
  OnHand INTEGER,
  ReorderLevel INTEGER
);
CREATE TABLE PartUse (
  WoNo INTEGER REFERENCES WorkOrder(WoNo),
  PartNo TEXT REFERENCES Part(PartNo),
  Qty INTEGER,
  PRIMARY KEY (WoNo, PartNo)
);
INSERT INTO Owner VALUES
(1,'Skylark Flying Club','Kemble',15000),(2,'Northern Air Taxi','Teesside',60000),(3,'G. Pemberton','Shoreham',8000),(4,'Borderline Survey','Carlisle',40000),
(5,'Heron Seaplanes','Oban',NULL),(6,'T. Achebe','Kemble',5000);
INSERT INTO Aircraft VALUES
('G-SKYA',1,'Piper','Warrior',1984,11250.5,1),('G-SKYB',1,'Cessna','152',1979,14302.0,1),('G-NATX',2,'Piper','Navajo',1991,9020.4,2),
('G-NATY',2,'Beechcraft','King Air',2008,6140.0,2),('G-PEMB',3,'Robin','Regent',2001,2210.8,1),('G-SURV',4,'Cessna','Skymaster',1974,8755.0,2),
('G-SURW',4,'Diamond','Twin Star',2016,1987.3,2),('G-HERN',5,'Cessna','Caravan',2012,4105.6,1),('G-HERO',5,'de Havilland','Beaver',1956,21870.0,1),
('G-SKYC',1,'Diamond','Katana',1999,7333.7,1);
INSERT INTO Mechanic VALUES
(1,'Douglas','Crane','M','2001-05-14',52000,NULL),(2,'Ivy','Marlow','F','2009-09-01',46500,1),(3,'Raj','Bhatt','M','2013-02-11',43800,1),
(4,'Ellen','Crane','F','2018-07-23',38200,2),(5,'Piotr','Zielak','M','2019-11-04',37500,2),(6,'Gwen','Hughes','F','2022-01-10',29900,3),
(7,'Douglas','Iqbal','M','2023-03-20',28400,3),(8,'Saul','Winter','M','2023-09-11',24100,4);
INSERT INTO Certificate VALUES
('ENG','Piston engines',60),('TUR','Turbine engines',36),('AVI','Avionics',48),('STR','Sheet metal structures',NULL),('FLT','Float gear',24),('NDT','Crack testing',36);
INSERT INTO MechCert VALUES
(1,'ENG','2002-06-01',91),(1,'TUR','2010-04-15',84),(1,'STR','2005-09-20',88),(2,'ENG','2011-03-03',95),(2,'AVI','2014-10-10',90),(3,'AVI','2015-05-22',78),
(3,'TUR','2016-11-30',81),(4,'STR','2019-12-12',86),(4,'ENG','2021-02-02',73),(5,'FLT','2022-06-18',92),(5,'ENG','2020-08-08',80),(6,'AVI','2023-07-07',97),(2,'TUR','2022-03-29',76);
INSERT INTO WorkOrder VALUES
(501,'G-SKYA',2,1,'2022-02-07','2022-02-11','N','100 hour check',14.0),
(502,'G-SKYB',4,2,'2022-03-14','2022-04-01','H','Corroded wing spar',62.5),
(503,'G-NATX',3,1,'2022-06-20','2022-06-24','N','Autopilot fault',11.5),
(504,'G-PEMB',2,1,'2022-09-05','2022-09-06','L','Oil change',3.0),
(505,'G-HERO',5,1,'2022-10-17','2022-11-21','H','Float strut repair',81.0),
(506,'G-SURV',4,3,'2023-01-23','2023-01-30','N','Annual inspection',35.0),
(507,'G-NATY',3,1,'2023-03-13','2023-03-29','H','Turbine blade wear',48.0),
(508,'G-SKYA',5,2,'2023-05-02','2023-05-05','N','100 hour check',15.5),
(509,'G-HERN',5,NULL,'2023-06-26','2023-06-27','L','Oil change',2.5),
(510,'G-SKYC',6,2,'2023-08-14','2023-08-18','N','Radio replacement',9.0),
(511,'G-NATX',2,3,'2023-10-30','2023-11-10','N','Annual inspection',40.5),
(512,'G-SKYB',7,4,'2024-01-15','2024-01-16','L','Tyre change',2.0),
(513,'G-SURV',3,1,'2024-02-19','2024-03-08','H','Rear engine overhaul',71.0),
(514,'G-HERO',5,2,'2024-04-08',NULL,'H','Float strut repair',22.0),
(515,'G-NATY',6,NULL,'2024-05-13',NULL,'N','Annual inspection',6.5),
(516,'G-SKYA',NULL,NULL,'2024-06-03',NULL,'N','100 hour check',NULL);
INSERT INTO Supplier VALUES (1,'Aeroparts Lincoln','United Kingdom'),(2,'Kestler Avionik','Germany'),(3,'Prairie Pistons','United States'),(4,'Fjord Floats','Norway'),(5,'Marchand Pneus','France');
INSERT INTO Part VALUES
('OF-11','Oil filter',3,18.40,64,20),('SP-72','Spark plug',3,31.00,18,48),('WS-05','Wing spar section',1,4200.00,1,1),('FS-20','Float strut',4,1350.00,2,4),
('VR-88','VHF radio',2,2190.00,3,2),('TB-31','Turbine blade',1,890.00,0,12),('TY-06','Main wheel tyre',5,164.00,9,6),('AS-14','Autopilot servo',2,1725.00,1,1),
('GK-40','Gasket kit',3,96.50,15,10),('BR-09','Brake pad set',NULL,72.00,22,8),('CL-33','Cowling latch',1,27.80,40,15);
INSERT INTO PartUse VALUES
(501,'OF-11',1),(501,'SP-72',8),(502,'WS-05',2),(503,'AS-14',1),(504,'OF-11',1),(505,'FS-20',3),(506,'OF-11',2),(506,'GK-40',1),(507,'TB-31',14),
(508,'OF-11',1),(508,'SP-72',4),(509,'OF-11',1),(510,'VR-88',1),(511,'SP-72',12),(511,'GK-40',2),(512,'TY-06',2),(512,'BR-09',1),(513,'GK-40',3),(513,'SP-72',6),(514,'FS-20',2);

CREATE TABLE Depot (
  DepotNo INTEGER PRIMARY KEY,
  DepotCity TEXT,
  ColdRoom TEXT,
  StorageM2 INTEGER
);
CREATE TABLE Producer (
  ProducerNo INTEGER PRIMARY KEY,
  Name TEXT,
  Country TEXT,
  ApprovedUntil DATE
);
CREATE TABLE Drug (
  DrugNo INTEGER PRIMARY KEY,
  Name TEXT,
  ProducerNo INTEGER REFERENCES Producer(ProducerNo),
  Category TEXT,
  ListPrice REAL,
  KeepCool TEXT,
  ReplacesDrugNo INTEGER REFERENCES Drug(DrugNo)
);
CREATE TABLE Batch (
  BatchNo TEXT PRIMARY KEY,
  DrugNo INTEGER REFERENCES Drug(DrugNo),
  DepotNo INTEGER REFERENCES Depot(DepotNo),
  MadeOn DATE,
  ExpiresOn DATE,
  QtyReceived INTEGER,
  QtyLeft INTEGER,
  Recalled INTEGER
);
CREATE TABLE Pharmacy (
  PharmacyNo INTEGER PRIMARY KEY,
  Name TEXT,
  Town TEXT,
  OwnerName TEXT,
  CustomerSince DATE,
  CreditLimit INTEGER,
  Grade TEXT
);
CREATE TABLE Rep (
  RepNo INTEGER PRIMARY KEY,
  Name TEXT,
  Area TEXT,
  HiredOn DATE,
  ManagerNo INTEGER REFERENCES Rep(RepNo),
  CommissionPct REAL
);
CREATE TABLE SalesOrder (
  OrderNo INTEGER PRIMARY KEY,
  PharmacyNo INTEGER REFERENCES Pharmacy(PharmacyNo),
  RepNo INTEGER REFERENCES Rep(RepNo),
  OrderedOn DATE,
  ShippedOn DATE,
  State TEXT
);
CREATE TABLE OrderLine (
  OrderNo INTEGER REFERENCES SalesOrder(OrderNo),
  DrugNo INTEGER REFERENCES Drug(DrugNo),
  Qty INTEGER,
  UnitPrice REAL,
  PRIMARY KEY (OrderNo, DrugNo)
);
INSERT INTO Depot VALUES (1,'Leipzig','yes',4200),(2,'Mainz','yes',2800),(3,'Rostock','no',1500),(4,'Ulm','no',1900),(5,'Trier','yes',950),(6,'Kassel','no',1100),(7,'Gera','yes',600),(8,'Celle','no',NULL);
INSERT INTO Producer VALUES (1,'Arnold Pharma','Germany','2026-06-30'),(2,'Biovanta','Switzerland','2025-12-31'),(3,'Lumen Labs','Ireland','2024-11-30'),(4,'Sandoria','India',NULL),(5,'Corvex','Belgium','2027-03-31'),(6,'Nordika','Denmark','2025-05-31'),(7,'Arvala','India','2026-01-31'),(8,'Petrov Chem','Bulgaria','2023-09-30');
INSERT INTO Drug VALUES
 (1,'Neurolax 10',1,'nerves',12.40,'no',NULL),(2,'Neurolax 20',1,'nerves',19.90,'no',1),(3,'Cardimol',2,'heart',24.50,'no',NULL),(4,'Cardimol Plus',2,'heart',31.80,'no',3),(5,'Vaxigen A',5,'vaccine',42.00,'yes',NULL),
 (6,'Vaxigen B',5,'vaccine',47.60,'yes',5),(7,'Pulmex',3,'lungs',16.20,'no',NULL),(8,'Sugaril',4,'diabetes',8.75,'no',NULL),(9,'Insufine',6,'diabetes',36.30,'yes',8),(10,'Dermacare',7,'skin',6.90,'no',NULL),(11,'Gastrin',4,'stomach',5.40,'no',NULL),(12,'Ophtavit',NULL,'eyes',9.60,'no',NULL),(13,'Respivit',3,'lungs',11.20,'no',NULL);
INSERT INTO Batch VALUES
 ('A-2201',1,1,'2022-10-04','2024-10-31',5000,320,0),('A-2302',2,1,'2023-03-15','2025-03-31',3000,1450,0),('B-2303',3,2,'2023-01-22','2025-01-31',2600,700,0),('B-2304',4,2,'2023-07-09','2026-07-31',2200,1900,0),('C-2305',5,1,'2023-05-02','2024-05-31',900,0,0),
 ('C-2306',5,5,'2023-11-20','2024-11-30',850,410,1),('C-2401',6,1,'2024-02-12','2025-02-28',1200,1080,0),('D-2307',7,3,'2023-04-18','2025-10-31',1800,560,0),('E-2308',8,4,'2023-08-25','2026-08-31',6400,2750,0),('E-2309',8,3,'2023-09-01','2026-09-30',3100,0,1),
 ('F-2402',9,5,'2024-01-30','2025-07-31',1000,640,0),('G-2310',10,4,'2023-06-06','2026-06-30',4100,3980,0),('H-2311',11,2,'2023-12-11','2025-12-31',7200,5150,0),('H-2403',11,4,'2024-04-03','2026-04-30',5000,5000,0),('D-2404',13,3,'2024-04-22','2026-04-30',1300,1300,0);
INSERT INTO Pharmacy VALUES
 (1,'Stadt-Apotheke','Mainz','Brigitte Lohr','2015-04-01',20000,'A'),(2,'Rosen-Apotheke','Trier','Jan Feld','2018-09-12',9000,'B'),(3,'Linden-Apotheke','Leipzig','Aras Demir','2020-02-03',12000,'A'),(4,'Markt-Apotheke','Ulm','Jan Feld','2016-11-28',15000,'B'),
 (5,'Hafen-Apotheke','Rostock','Silke Thoms','2021-06-21',7000,'C'),(6,'Rosen-Apotheke','Leipzig','Doris Kern','2022-03-14',6500,'B'),(7,'Brunnen-Apotheke','Gotha','Emil Horn','2023-01-09',5000,'C'),(8,'Park-Apotheke','Mainz',NULL,'2024-05-06',4000,NULL);
INSERT INTO Rep VALUES (1,'Helga Strunz','South','2009-02-02',NULL,4.5),(2,'Milan Kova','East','2014-06-16',1,3.5),(3,'Jette Bohm','North','2019-10-01',1,3.0),(4,'Rolf Amsel','South','2021-03-08',1,2.5),(5,'Tine Kova','East','2022-09-19',2,2.0),(6,'Peer Dahl','West','2024-01-15',2,NULL),(7,'Gudrun Beier','North','2023-05-02',3,2.2),(8,'Luis Maar','West','2024-03-01',2,1.8);
INSERT INTO SalesOrder VALUES
 (801,1,4,'2023-02-08','2023-02-10','shipped'),(802,3,2,'2023-03-14','2023-03-15','shipped'),(803,4,4,'2023-05-22','2023-05-25','shipped'),(804,1,1,'2023-08-30','2023-09-01','shipped'),(805,5,3,'2023-10-11','2023-10-13','shipped'),(806,2,4,'2023-12-04','2023-12-05','shipped'),
 (807,3,5,'2024-01-18','2024-01-19','shipped'),(808,6,5,'2024-02-07',NULL,'cancelled'),(809,1,4,'2024-03-21','2024-03-22','shipped'),(810,4,1,'2024-04-15','2024-04-19','shipped'),(811,5,3,'2024-05-27','2024-05-28','shipped'),(812,3,2,'2024-06-13',NULL,'open'),(813,2,NULL,'2024-06-20',NULL,'open'),(814,6,5,'2024-06-24','2024-06-25','shipped');
INSERT INTO OrderLine VALUES
 (801,1,60,12.00),(801,3,40,24.50),(801,8,150,8.50),(802,5,50,41.00),(802,7,30,16.20),(803,11,300,5.10),(803,8,120,8.75),(804,3,70,23.90),(804,9,25,36.30),(805,10,40,6.90),(806,2,20,19.90),(806,8,90,8.60),(807,5,80,40.50),(807,6,30,47.60),
 (808,1,15,12.40),(809,4,35,31.80),(809,11,200,5.20),(810,3,45,24.50),(811,7,55,16.00),(811,10,60,6.70),(812,6,40,47.00),(813,9,20,36.30),(813,12,10,9.60),(814,2,35,19.50),(814,11,120,5.40);

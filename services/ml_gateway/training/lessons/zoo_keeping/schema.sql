CREATE TABLE Species (
  SpeciesId INTEGER PRIMARY KEY,
  CommonName TEXT NOT NULL,
  LatinName TEXT,
  AnimalGroup TEXT,
  Diet TEXT,
  RedListCode TEXT
);
CREATE TABLE Enclosures (
  EnclosureId INTEGER PRIMARY KEY,
  EnclosureName TEXT,
  Area REAL,
  Indoor TEXT,
  OpenedYear INTEGER,
  HeadKeeperId INTEGER
);
CREATE TABLE Keepers (
  KeeperId INTEGER PRIMARY KEY,
  KeeperName TEXT,
  HireDate DATE,
  MonthlyPay INTEGER,
  MentorId INTEGER,
  Phone TEXT,
  FOREIGN KEY (MentorId) REFERENCES Keepers(KeeperId)
);
CREATE TABLE Animals (
  AnimalId INTEGER PRIMARY KEY,
  PetName TEXT,
  SpeciesId INTEGER,
  EnclosureId INTEGER,
  Sex TEXT,
  BirthDate DATE,
  ArrivalDate DATE,
  DeathDate DATE,
  WeightKg REAL,
  FOREIGN KEY (SpeciesId) REFERENCES Species(SpeciesId),
  FOREIGN KEY (EnclosureId) REFERENCES Enclosures(EnclosureId)
);
CREATE TABLE Births (
  BirthId INTEGER PRIMARY KEY,
  MotherId INTEGER,
  FatherId INTEGER,
  BornOn DATE,
  LitterSize INTEGER,
  Survivors INTEGER,
  FOREIGN KEY (MotherId) REFERENCES Animals(AnimalId),
  FOREIGN KEY (FatherId) REFERENCES Animals(AnimalId)
);
CREATE TABLE Feedings (
  FeedingId INTEGER PRIMARY KEY,
  AnimalId INTEGER,
  KeeperId INTEGER,
  Food TEXT,
  AmountKg REAL,
  FedAt DATETIME,
  FOREIGN KEY (AnimalId) REFERENCES Animals(AnimalId),
  FOREIGN KEY (KeeperId) REFERENCES Keepers(KeeperId)
);
CREATE TABLE VetVisits (
  VisitId INTEGER PRIMARY KEY,
  AnimalId INTEGER,
  VetName TEXT,
  VisitDate DATE,
  Diagnosis TEXT,
  Cost DECIMAL(8,2),
  FOREIGN KEY (AnimalId) REFERENCES Animals(AnimalId)
);
INSERT INTO Species VALUES
 (1,'Snow leopard','Panthera uncia','mammal','meat','VU'),(2,'Red panda','Ailurus fulgens','mammal','plants','EN'),(3,'Humboldt penguin','Spheniscus humboldti','bird','fish','VU'),
 (4,'Meerkat','Suricata suricatta','mammal','insects','LC'),(5,'Komodo dragon','Varanus komodoensis','reptile','meat','EN'),(6,'Plains zebra','Equus quagga','mammal','plants','NT'),
 (7,'Giant tortoise','Chelonoidis niger','reptile','plants','VU'),(8,'Snowy owl','Bubo scandiacus','bird','meat','VU'),(9,'Axolotl','Ambystoma mexicanum','amphibian','insects','CR'),
 (10,'Okapi','Okapia johnstoni','mammal','plants','EN');
INSERT INTO Keepers VALUES
 (1,'Martha Quill','2006-03-15',3650,NULL,'555-0101'),(2,'Ruben Castro','2012-07-01',3100,1,'555-0102'),(3,'Hanne Olsen','2015-05-11',2980,1,NULL),
 (4,'Tariq Aziz','2018-09-03',2750,2,'555-0104'),(5,'Julie Peck','2021-04-19',2510,2,'555-0105'),(6,'Owen Hart','2022-11-07',2390,3,NULL),
 (7,'Selma Brink','2023-08-21',2300,2,'555-0107'),(8,'Noah Quill','2024-02-05',2180,NULL,'555-0108');
INSERT INTO Enclosures VALUES
 (1,'Himalaya Rocks',1850.0,'no',2009,1),(2,'Bamboo Grove',640.0,'no',2014,3),(3,'Penguin Cove',920.5,'no',2011,2),(4,'Desert House',310.0,'yes',2017,4),
 (5,'Dragon Hall',275.0,'yes',2019,5),(6,'Savanna Field',5400.0,'no',2005,2),(7,'Owl Wood',415.0,'no',2020,3),(8,'Quarantine Barn',120.0,'yes',2001,NULL),(9,'Rainforest Dome',2600.0,'yes',2024,1);
INSERT INTO Animals VALUES
 (1,'Tashi',1,1,'F','2015-05-02','2017-03-10',NULL,38.5),(2,'Karma',1,1,'M','2014-06-19','2016-09-01',NULL,47.0),(3,'Dolma',1,1,'F','2022-05-28','2022-05-28',NULL,31.2),
 (4,'Bo',2,2,'M','2018-07-07','2019-10-15',NULL,5.4),(5,'Maple',2,2,'F','2019-06-30','2020-08-20',NULL,4.9),(6,'Pip',3,3,'M','2016-04-11','2016-04-11',NULL,4.3),
 (7,'Wanda',3,3,'F','2015-03-22','2017-05-05',NULL,4.0),(8,'Pepe',3,3,'M','2023-04-03','2023-04-03','2023-09-12',2.1),(9,'Timon',4,4,'M','2020-02-14','2021-06-01',NULL,0.8),
 (10,'Suri',4,4,'F','2020-02-27','2021-06-01',NULL,0.7),(11,'Bo',4,4,'M','2022-08-08','2022-08-08',NULL,0.75),(12,'Rex',5,5,'M','2012-01-01','2019-07-18',NULL,72.0),
 (13,'Zara',6,6,'F','2013-10-10','2015-04-23',NULL,285.0),(14,'Marty',6,6,'M','2012-12-12','2014-05-17','2024-01-30',318.0),(15,'Stripe',6,6,'F','2023-06-16','2023-06-16',NULL,140.0),
 (16,'Methuselah',7,9,'M',NULL,'1998-08-01',NULL,210.5),(17,'Hedda',8,7,'F','2019-05-09','2020-03-03',NULL,2.2),(18,'Axel',9,NULL,NULL,'2024-03-20','2024-06-14',NULL,0.2);
INSERT INTO Births VALUES
 (1,1,2,'2022-05-28',2,1),(2,1,2,'2024-06-03',3,3),(3,7,6,'2023-04-03',2,2),(4,10,9,'2022-08-08',4,3),(5,10,9,'2023-07-19',5,4),(6,13,14,'2023-06-16',1,1),(7,10,11,'2024-05-21',3,2),(8,5,4,'2024-07-02',2,0);
INSERT INTO Feedings VALUES
 (1,1,2,'goat',2.5,'2024-05-01 09:10:00'),(2,2,2,'goat',3.2,'2024-05-01 09:25:00'),(3,4,3,'bamboo',1.4,'2024-05-01 08:05:00'),(4,5,3,'bamboo',1.3,'2024-05-01 08:15:00'),
 (5,6,5,'herring',0.6,'2024-05-01 11:00:00'),(6,7,5,'herring',0.5,'2024-05-01 11:05:00'),(7,9,4,'crickets',0.1,'2024-05-02 10:00:00'),(8,12,4,'rabbit',2.0,'2024-05-02 14:30:00'),
 (9,13,6,'hay',9.5,'2024-05-02 07:30:00'),(10,15,6,'hay',5.5,'2024-05-02 07:40:00'),(11,1,5,'rabbit',1.8,'2024-05-03 09:15:00'),(12,16,2,'cabbage',4.0,'2024-05-03 12:00:00'),
 (13,17,3,'mice',0.3,'2024-05-03 18:45:00'),(14,6,5,'sprat',0.7,'2024-05-04 11:00:00'),(15,4,6,'apple',0.4,'2024-05-04 15:20:00'),(16,13,2,'hay',10.0,'2024-06-02 07:35:00'),
 (17,12,4,'goat',2.6,'2024-06-09 14:00:00'),(18,10,7,'crickets',0.1,'2024-06-10 10:10:00'),
 (19,15,7,'hay',5.0,'2024-06-15 07:45:00'),(20,1,2,'rabbit',1.9,'2024-06-16 09:00:00');
INSERT INTO VetVisits VALUES
 (1,8,'Dr Pohl','2023-09-10','lung infection',240.00),(2,14,'Dr Pohl','2023-12-04','arthritis',310.50),(3,14,'Dr Amadi','2024-01-29','colic',890.00),(4,1,'Dr Amadi','2024-04-12','pregnancy check',150.00),
 (5,12,'Dr Weems','2022-08-18','abscess',425.00),(6,9,'Dr Pohl','2023-02-21','bite wound',95.00),(7,11,'Dr Pohl','2023-02-21','bite wound',110.00),(8,16,'Dr Weems','2024-03-05',NULL,60.00),
 (9,13,'Dr Amadi','2023-06-17',NULL,180.00),(10,4,'Dr Weems','2024-07-15','tooth fracture',275.00),(11,6,'Dr Pohl','2024-02-08','lung infection',205.00);

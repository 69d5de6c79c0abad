CREATE TABLE Plants (
  plant_code TEXT PRIMARY KEY,
  plant_city TEXT,
  country TEXT,
  opened TEXT
);
CREATE TABLE Lines (
  id INTEGER PRIMARY KEY,
  plant_code TEXT REFERENCES Plants(plant_code),
  label TEXT,
  rated_speed INTEGER,
  feeds_line_id INTEGER REFERENCES Lines(id)
);
CREATE TABLE Items (
  sku TEXT PRIMARY KEY,
  descr TEXT,
  family TEXT,
  std_cost REAL,
  lot_size INTEGER
);
CREATE TABLE Teams (
  id INTEGER PRIMARY KEY,
  team_name TEXT,
  shift_type TEXT,
  headcount INTEGER,
  plant_code TEXT REFERENCES Plants(plant_code)
);
CREATE TABLE Runs (
  id INTEGER PRIMARY KEY,
  line_id INTEGER REFERENCES Lines(id),
  sku TEXT REFERENCES Items(sku),
  team_id INTEGER REFERENCES Teams(id),
  run_date DATE,
  good_units INTEGER,
  scrap_units INTEGER,
  hours_run REAL
);
CREATE TABLE Reasons (
  code TEXT PRIMARY KEY,
  reason TEXT,
  planned TEXT
);
CREATE TABLE Stops (
  id INTEGER PRIMARY KEY,
  run_id INTEGER REFERENCES Runs(id),
  reason_code TEXT REFERENCES Reasons(code),
  minutes INTEGER,
  reported_by TEXT
);
CREATE TABLE Audits (
  id INTEGER PRIMARY KEY,
  line_id INTEGER REFERENCES Lines(id),
  audited_on DATE,
  auditor TEXT,
  score INTEGER,
  follow_up_on DATE
);
INSERT INTO Plants VALUES ('ESN','Essen','Germany','1998'),('BRN','Brno','Czechia','2006'),('LIL','Lille','France','2011'),('GDN','Gdansk','Poland','2015'),('ZAR','Zaragoza','Spain','2003'),('PIL','Pilsen','Czechia','2024'),('MLM','Malmo','Sweden','1989'),('ODE','Odense','Denmark',NULL);
INSERT INTO Lines VALUES
 (1,'ESN','Mixing 1',900,2),(2,'ESN','Filling 1',850,3),(3,'ESN','Packing 1',820,NULL),(4,'BRN','Moulding A',400,5),(5,'BRN','Packing A',450,NULL),(6,'LIL','Filling 2',700,NULL),(7,'GDN','Moulding B',380,5),(8,'ZAR','Mixing 2',650,NULL),(9,'ZAR','Filling 3',640,NULL),(10,'MLM','Labelling',1200,NULL);
INSERT INTO Items VALUES
 ('SH-01','Shampoo mild 250','hair',0.82,5000),('SH-02','Shampoo strong 250','hair',0.95,4000),('SO-10','Soap bar lemon','soap',0.31,12000),('SO-11','Soap bar cedar','soap',0.34,9000),('CR-20','Hand cream 75','cream',1.12,3000),
 ('CR-21','Face cream 50','cream',2.45,2000),('BX-30','Gift box empty','packaging',0.58,1500),('CP-31','Cap 28 mm','packaging',0.03,40000),('OI-40','Bath oil 200','bath',1.76,NULL);
INSERT INTO Teams VALUES (1,'Early Birds','early',14,'ESN'),(2,'Red Team','late',12,'ESN'),(3,'Nightwatch','night',7,'ESN'),(4,'Morava','early',10,'BRN'),(5,'Red Team','late',9,'LIL'),(6,'Baltica','night',8,'GDN'),(7,'Ebro','early',11,'ZAR'),(8,'Reserve','late',5,'PIL');
INSERT INTO Runs VALUES
 (1,1,'SH-01',1,'2023-02-07',6200,130,7.5),(2,2,'SH-01',2,'2023-02-08',5900,85,7.0),(3,2,'SH-02',3,'2023-04-19',4100,260,6.5),(4,3,'SH-01',1,'2023-06-14',6050,20,7.5),(5,4,'CP-31',4,'2023-06-20',41000,1900,8.0),(6,4,'CP-31',4,'2023-09-12',38500,2400,8.0),
 (7,5,'BX-30',4,'2023-10-03',1480,12,4.0),(8,6,'CR-20',5,'2023-11-16',2950,48,6.0),(9,7,'CP-31',6,'2024-01-23',36200,3100,7.5),(10,8,'SO-10',7,'2024-02-15',11800,420,7.0),(11,9,'CR-21',7,'2024-03-05',1900,75,5.5),(12,6,'CR-21',5,'2024-03-21',2040,39,6.0),
 (13,2,'SH-02',2,'2024-04-11',3950,150,6.5),(14,1,'SH-02',3,'2024-05-08',4400,340,7.0),(15,8,'SO-11',7,'2024-05-29',8900,210,6.5),(16,3,'SH-02',2,'2024-06-18',4050,15,5.0);
INSERT INTO Reasons VALUES ('CLN','cleaning','yes'),('JAM','jam','no'),('MAT','missing material','no'),('CHG','format change','yes'),('ELE','electrical fault','no'),('OPR','operator absent','no'),('TST','test run','yes');
INSERT INTO Stops VALUES
 (1,1,'CLN',30,'Horst'),(2,1,'JAM',12,'Horst'),(3,2,'JAM',25,'Edda'),(4,3,'ELE',95,'Edda'),(5,3,'JAM',18,'Kurt'),(6,5,'MAT',40,'Jana'),(7,5,'CLN',35,'Jana'),(8,6,'JAM',55,'Jana'),(9,6,'ELE',70,'Petr'),(10,8,'CHG',45,'Lise'),
 (11,9,'JAM',62,'Olek'),(12,9,'JAM',33,'Olek'),(13,9,'MAT',20,NULL),(14,10,'CLN',28,'Marta'),(15,11,'CHG',50,'Marta'),(16,12,'CLN',26,'Lise'),(17,13,'OPR',15,'Edda'),(18,14,'ELE',110,'Kurt'),(19,15,'JAM',9,NULL),(20,14,'CLN',32,'Kurt');
INSERT INTO Audits VALUES
 (1,1,'2023-03-01','Dr. Ilves',82,NULL),(2,2,'2023-03-02','Dr. Ilves',74,'2023-05-02'),(3,4,'2023-07-11','H. Braun',68,'2023-08-15'),(4,4,'2023-08-15','H. Braun',79,NULL),(5,6,'2023-12-05','C. Moreau',91,NULL),(6,7,'2024-02-20','H. Braun',61,'2024-04-20'),(7,8,'2024-03-12','C. Moreau',85,NULL),(8,2,'2024-04-25','Dr. Ilves',88,NULL),(9,9,'2024-05-14','S. Duarte',77,'2024-07-01'),(10,4,'2024-06-03','S. Duarte',72,NULL);

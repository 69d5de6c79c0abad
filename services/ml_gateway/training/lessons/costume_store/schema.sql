CREATE TABLE costume (
  costume_id INTEGER PRIMARY KEY,
  title TEXT,
  period TEXT,
  size TEXT,
  colour TEXT,
  purchase_value DECIMAL(8,2),
  acquired DATE,
  maker_id INTEGER
);
CREATE TABLE tailor (
  tailor_id INTEGER PRIMARY KEY,
  tailor_name TEXT,
  town TEXT,
  hourly_wage REAL
);
CREATE TABLE theatre_group (
  group_id INTEGER PRIMARY KEY,
  group_name TEXT,
  town TEXT,
  amateur TEXT,
  founded_year TEXT
);
CREATE TABLE loan (
  loan_id INTEGER PRIMARY KEY,
  costume_id INTEGER,
  group_id INTEGER,
  out_date DATE,
  due_date DATE,
  back_date DATE,
  hire_fee DECIMAL(7,2)
);
CREATE TABLE repair (
  repair_id INTEGER PRIMARY KEY,
  costume_id INTEGER,
  tailor_id INTEGER,
  repair_date DATE,
  minutes INTEGER,
  damage TEXT
);
CREATE TABLE material (
  material_id INTEGER PRIMARY KEY,
  material_name TEXT,
  washable INTEGER
);
CREATE TABLE costume_material (
  costume_id INTEGER,
  material_id INTEGER,
  percent INTEGER
);
INSERT INTO tailor VALUES (1,'Benita Crewe','Lowmoor',24.5),(2,'Ansel Fritsch','Castlebay',27.0),(3,'Dorit Malka','Lowmoor',22.0),(4,'Hal Ruskin','Penfold',30.0),(5,'Iseult Byrne','Castlebay',19.5);
INSERT INTO costume VALUES
(1,'Red Cavalier Coat','baroque','L','red',680,'2014-03-02',4),(2,'Widow''s Gown','victorian','M','black',540,'2016-10-18',1),(3,'Harlequin Suit','commedia','S','multi',310,'2019-05-05',2),
(4,'Sea Captain Coat','victorian','XL','blue',455,'2017-08-09',4),(5,'Moon Fairy','fantasy','S','silver',275,'2021-01-26',3),(6,'Town Crier','baroque','L','red',395,'2018-11-11',1),
(7,'Flapper Dress','twenties','M','gold',220,'2022-06-14',3),(8,'Miller''s Smock','medieval','L','grey',95,'2012-04-30',NULL),(9,'Queen''s Mantle','medieval','M','purple',1250,'2013-09-23',4),
(10,'Jester','medieval','M','multi',180,'2023-02-07',2),(11,'Pilot Jacket','forties',NULL,'brown',260,'2023-10-19',NULL),(12,'Flapper Dress','twenties','L','black',235,'2024-01-15',3),(13,'Ghost Bride','victorian','S','white',330,'2020-02-29',1);
INSERT INTO theatre_group VALUES
(1,'Penfold Players','Penfold','yes','1962'),(2,'Castlebay Rep','Castlebay','no','1948'),(3,'The Lantern Company','Lowmoor','no','2009'),(4,'St Aldate Youth Stage','Lowmoor','yes','1996'),(5,'Harbour Mummers','Castlebay','yes','1931'),(6,'Tin Shed Theatre','Orrin','no','2020'),(7,'Orrin School Drama','Orrin','yes',NULL),(8,'Low Road Revue','Lowmoor','yes','2015');
INSERT INTO loan VALUES
(1,1,2,'2022-01-10','2022-02-10','2022-02-08',85),(2,2,1,'2022-03-01','2022-03-31','2022-04-06',60),(3,5,4,'2022-04-20','2022-05-20','2022-05-19',20),(4,9,2,'2022-09-12','2022-11-30','2022-11-28',210),
(5,3,5,'2022-12-01','2022-12-31','2023-01-12',45),(6,4,3,'2023-01-23','2023-02-28','2023-02-27',70),(7,6,1,'2023-02-13','2023-03-15','2023-03-14',50),(8,8,4,'2023-04-03','2023-05-03','2023-05-01',10),
(9,9,3,'2023-05-22','2023-06-22','2023-07-04',150),(10,7,5,'2023-06-19','2023-07-19','2023-07-18',35),(11,1,2,'2023-09-04','2023-10-31','2023-10-31',95),(12,10,4,'2023-11-13','2023-12-13','2023-12-20',15),
(13,2,6,'2024-01-08','2024-02-08','2024-02-05',65),(14,13,2,'2024-02-19','2024-04-30',NULL,80),(15,4,1,'2024-03-04','2024-04-04','2024-04-02',72),(16,7,3,'2024-04-15','2024-05-15',NULL,38),(17,9,2,'2024-05-06','2024-06-30','2024-06-25',220),(18,8,4,'2024-06-10','2024-07-10','2024-07-15',NULL);
INSERT INTO repair VALUES
(1,1,4,'2022-02-15',140,'torn lining'),(2,2,1,'2022-04-11',45,'lost buttons'),(3,9,4,'2022-12-05',220,'wine stain'),(4,3,2,'2023-01-20',95,'torn seam'),(5,4,5,'2023-03-06',30,'lost buttons'),
(6,9,2,'2023-07-10',180,'torn lining'),(7,7,3,'2023-07-24',65,'torn seam'),(8,1,1,'2023-11-06',75,'wine stain'),(9,10,2,'2024-01-09',40,'lost buttons'),(10,2,4,'2024-02-12',110,'torn seam'),(11,4,2,'2024-04-10',55,'torn lining'),(12,6,5,'2023-03-22',25,'lost buttons');
INSERT INTO material VALUES (1,'wool',0),(2,'velvet',0),(3,'cotton',1),(4,'silk',0),(5,'linen',1),(6,'tulle',1),(7,'leather',0),(8,'felt',0);
INSERT INTO costume_material VALUES
(1,1,70),(1,2,30),(2,4,80),(2,6,20),(3,3,100),(4,1,90),(4,7,10),(5,6,60),(5,4,40),(6,1,75),(6,3,25),(7,4,100),(8,5,100),(9,2,85),(9,4,15),(10,3,55),(10,5,45),(11,7,100),(13,6,100);

CREATE TABLE substance (
  cas_no TEXT PRIMARY KEY,
  substance_name TEXT,
  state TEXT,
  hazard_class TEXT,
  flash_point_c REAL,
  price_per_kg DECIMAL(8,2)
);
CREATE TABLE hall (
  hall_id INTEGER PRIMARY KEY,
  hall_name TEXT,
  sprinkler BOOLEAN,
  max_temp_c REAL
);
CREATE TABLE tank (
  tank_id INTEGER PRIMARY KEY,
  tank_label TEXT,
  hall_id INTEGER REFERENCES hall(hall_id),
  cas_no TEXT REFERENCES substance(cas_no),
  capacity_l INTEGER,
  fill_l INTEGER,
  wall_material TEXT,
  installed DATE,
  decommissioned DATE
);
CREATE TABLE supplier (
  supplier_id INTEGER PRIMARY KEY,
  supplier_name TEXT,
  country TEXT,
  certified TEXT
);
CREATE TABLE worker (
  worker_id INTEGER PRIMARY KEY,
  given_name TEXT,
  family_name TEXT,
  job TEXT,
  shift CHAR(1),
  salary INTEGER,
  entry_date DATE
);
CREATE TABLE delivery (
  delivery_id INTEGER PRIMARY KEY,
  supplier_id INTEGER,
  tank_id INTEGER,
  received_by INTEGER REFERENCES worker(worker_id),
  ordered_on DATE,
  arrived_on DATE,
  quantity_l INTEGER,
  cost DECIMAL(9,2)
);
CREATE TABLE transfer (
  transfer_id INTEGER PRIMARY KEY,
  source_tank INTEGER REFERENCES tank(tank_id),
  target_tank INTEGER REFERENCES tank(tank_id),
  moved_on DATE,
  litres INTEGER
);
CREATE TABLE safety_check (
  check_id INTEGER PRIMARY KEY,
  tank_id INTEGER,
  inspector_id INTEGER,
  checked_on DATE,
  result TEXT,
  pressure_bar REAL,
  remarks TEXT
);
CREATE TABLE incompatibility (
  cas_a TEXT REFERENCES substance(cas_no),
  cas_b TEXT REFERENCES substance(cas_no),
  reaction TEXT,
  PRIMARY KEY (cas_a, cas_b)
);
INSERT INTO substance VALUES
('67-64-1','Acetone','liquid','flammable',-20,1.40),
('64-17-5','Ethanol','liquid','flammable',13,1.90),
('7664-93-9','Sulfuric acid','liquid','corrosive',NULL,0.85),
('1310-73-2','Sodium hydroxide','solid','corrosive',NULL,0.60),
('108-88-3','Toluene','liquid','flammable',4,1.55),
('7722-84-1','Hydrogen peroxide','liquid','oxidising',NULL,0.95),
('56-81-5','Glycerol','liquid','none',160,1.10),
('7664-41-7','Ammonia','gas','toxic',NULL,0.70),
('67-56-1','Methanol','liquid','toxic',11,0.65);
INSERT INTO hall VALUES
(1,'Hall East',1,30),(2,'Hall West',1,25),(3,'Acid Bunker',0,22),(4,'Cold Cell',1,8),(5,'Old Shed',0,NULL),
(6,'Hall South',1,27),(7,'Gas Yard',0,35),(8,'Transit Bay',1,20);
INSERT INTO tank VALUES
(1,'E-01',1,'67-64-1',20000,14500,'steel','2012-05-10',NULL),
(2,'E-02',1,'64-17-5',30000,28800,'steel','2014-09-01',NULL),
(3,'E-03',1,'67-64-1',10000,900,'steel','2020-03-16',NULL),
(4,'W-01',2,'108-88-3',25000,11200,'stainless','2017-11-20',NULL),
(5,'W-02',2,'56-81-5',15000,15000,'polyethylene','2018-06-05',NULL),
(6,'W-03',2,'67-56-1',18000,7600,'stainless','2021-02-22',NULL),
(7,'A-01',3,'7664-93-9',12000,10300,'polyethylene','2010-08-08',NULL),
(8,'A-02',3,'1310-73-2',8000,2500,'polyethylene','2016-04-14',NULL),
(9,'A-03',3,'7664-93-9',9000,0,'steel','1999-01-30','2022-12-31'),
(10,'C-01',4,'7722-84-1',5000,3300,'stainless','2022-07-19',NULL),
(11,'C-02',4,NULL,5500,0,'stainless','2023-10-02',NULL),
(12,'S-01',6,'64-17-5',16000,5200,'stainless','2019-08-12',NULL),
(13,'T-01',8,'56-81-5',6000,1800,'polyethylene','2023-04-03',NULL);
INSERT INTO supplier VALUES
(1,'Rheinsolv','Germany','yes'),(2,'Baltchem','Poland','yes'),(3,'Solventis Nord','Denmark','no'),(4,'Acidum','Germany','yes'),(5,'Glyco Trade','Netherlands','no'),(6,'Petrofine','Poland',NULL),
(7,'Oxyrein','Austria','yes'),(8,'Lakritz Chemie','Germany','no');
INSERT INTO worker VALUES
(1,'Henning','Vos','foreman','E',4300,'2009-04-01'),
(2,'Karla','Simic','operator','E',3400,'2015-10-15'),
(3,'Ahmed','Farouk','operator','L',3550,'2018-01-08'),
(4,'Doris','Engel','safety officer',NULL,4650,'2011-06-20'),
(5,'Pavel','Dvorak','safety officer','L',4100,'2020-09-01'),
(6,'Inga','Vos','operator','N',3700,'2021-03-29'),
(7,'Manuel','Prado','apprentice','E',1200,'2023-08-01'),
(8,'Birte','Lang','operator','L',3300,'2019-11-04');
INSERT INTO delivery VALUES
(1,1,1,2,'2022-03-01','2022-03-08',8000,9100),
(2,1,2,2,'2022-05-12','2022-05-20',15000,23600),
(3,4,7,3,'2022-06-02','2022-06-03',6000,9400),
(4,2,4,1,'2022-09-15','2022-10-01',9000,12500),
(5,5,5,6,'2023-01-10','2023-01-19',7000,9800),
(6,1,3,6,'2023-02-20','2023-02-28',3000,3600),
(7,3,6,3,'2023-04-04','2023-04-25',5000,2700),
(8,4,8,3,'2023-06-14','2023-06-15',2000,1500),
(9,2,2,1,'2023-08-30','2023-09-10',12000,19900),
(10,4,10,6,'2023-11-07','2023-11-13',2500,3050),
(11,1,1,2,'2024-01-15','2024-01-22',7000,8650),
(12,5,5,NULL,'2024-02-11','2024-02-20',4000,5750),
(13,2,6,3,'2024-03-05','2024-03-21',4500,2650),
(14,3,4,NULL,'2024-04-02',NULL,6000,8400),
(15,7,10,3,'2024-01-30','2024-02-06',1800,2400),
(16,8,12,2,'2023-11-20','2023-11-28',5000,8100);
INSERT INTO transfer VALUES
(1,1,3,'2022-04-11',1500),(2,9,7,'2022-11-30',2600),(3,3,1,'2023-03-15',2200),(4,1,3,'2023-07-07',600),(5,2,2,'2023-10-02',0),(6,7,9,'2022-02-14',800),(7,4,6,'2024-01-29',350),(8,1,11,'2024-02-05',400);
INSERT INTO safety_check VALUES
(1,1,4,'2022-05-02','passed',1.1,NULL),
(2,2,4,'2022-05-02','passed',1.0,NULL),
(3,7,4,'2022-08-18','failed',1.4,'valve corroded'),
(4,9,4,'2022-08-18','failed',1.9,'wall too thin'),
(5,7,5,'2022-09-05','passed',1.1,'valve replaced'),
(6,4,5,'2023-02-13','passed',1.2,NULL),
(7,6,5,'2023-02-13','conditional',1.5,'label missing'),
(8,1,5,'2023-05-04','passed',1.0,NULL),
(9,10,4,'2023-09-27','passed',2.1,NULL),
(10,8,4,'2023-10-19','conditional',1.0,'seal worn'),
(11,2,5,'2024-01-11','passed',1.1,NULL),
(12,3,5,'2024-01-11','failed',0.7,'seal worn'),
(13,7,4,'2024-03-08','passed',1.2,NULL);
INSERT INTO incompatibility VALUES
('67-64-1','7722-84-1','explosive peroxides'),
('7664-93-9','1310-73-2','violent heat'),
('7664-93-9','64-17-5','fire'),
('7722-84-1','67-56-1','fire'),
('7664-41-7','7664-93-9','violent heat'),
('108-88-3','7722-84-1','fire'),
('64-17-5','7722-84-1','fire'),
('1310-73-2','67-56-1','heat and gas');

CREATE TABLE institutes (
  inst_id INTEGER PRIMARY KEY,
  inst_name TEXT,
  city TEXT,
  staff_count INTEGER,
  annual_budget INTEGER
);
CREATE TABLE fellows (
  fellow_id INTEGER PRIMARY KEY,
  name TEXT,
  sex TEXT,
  birthdate DATE,
  nationality TEXT,
  host_inst INTEGER,
  home_inst INTEGER,
  supervisor_id INTEGER,
  FOREIGN KEY (host_inst) REFERENCES institutes(inst_id),
  FOREIGN KEY (home_inst) REFERENCES institutes(inst_id),
  FOREIGN KEY (supervisor_id) REFERENCES fellows(fellow_id)
);
CREATE TABLE stipends (
  stip_id INTEGER PRIMARY KEY,
  fellow_id INTEGER,
  scheme TEXT,
  from_date DATE,
  to_date DATE,
  monthly_eur INTEGER,
  extended INTEGER,
  FOREIGN KEY (fellow_id) REFERENCES fellows(fellow_id)
);
CREATE TABLE trips (
  trip_id INTEGER PRIMARY KEY,
  fellow_id INTEGER,
  purpose TEXT,
  place TEXT,
  depart DATE,
  back DATE,
  cost_eur REAL,
  approved TEXT,
  FOREIGN KEY (fellow_id) REFERENCES fellows(fellow_id)
);
CREATE TABLE reports (
  report_id INTEGER PRIMARY KEY,
  stip_id INTEGER,
  due_on DATE,
  handed_in DATE,
  grade TEXT,
  pages INTEGER,
  FOREIGN KEY (stip_id) REFERENCES stipends(stip_id)
);
INSERT INTO institutes VALUES
(1,'Institute for Peat Research','Groningen',85,9400000),(2,'Marine Acoustics Laboratory','Bergen',140,21000000),(3,'Centre for Old Scripts','Heidelberg',32,2600000),(4,'Polymer Workshop','Lyon',210,33500000),(5,'Bee Health Station','Ljubljana',18,1200000),(6,'Desert Optics Unit','Arica',NULL,4100000);
INSERT INTO fellows VALUES
(1,'Hanneke Vos','F','1974-05-20','Dutch',1,NULL,NULL),(2,'Sigurd Lie','M','1969-02-11','Norwegian',2,NULL,NULL),(3,'Rania Haddad','F','1991-09-03','Jordanian',3,5,1),(4,'Pedro Quispe','M','1994-12-17','Chilean',2,6,2),
(5,'Maja Kovac','F','1996-07-08','Slovenian',1,5,1),(6,'Jules Martin','M','1990-03-30','French',2,4,2),(7,'Aiko Tanabe','F','1993-10-25','Japanese',4,NULL,6),(8,'Lukas Brandt','M','1998-01-12','German',1,3,1),
(9,'Camila Rojas','F','1995-04-04','Chilean',6,6,NULL),(10,'Oskar Nyman','M',NULL,'Swedish',4,2,7),(11,'Ines Martin','F','1997-11-19','French',3,4,NULL);
INSERT INTO stipends VALUES
(1,3,'bridge','2022-04-01','2023-03-31',2300,0),(2,3,'advanced','2023-04-01','2025-03-31',2900,1),(3,4,'starter','2022-09-01','2024-08-31',2100,0),(4,5,'starter','2023-01-01','2024-12-31',2150,0),(5,6,'advanced','2022-06-01','2024-05-31',2850,1),
(6,7,'bridge','2023-03-01','2023-12-31',2400,0),(7,8,'starter','2024-02-01','2026-01-31',2200,0),(8,9,'starter','2023-10-01','2024-09-30',1900,0),(9,10,'bridge','2024-05-01',NULL,2450,0),(10,7,'advanced','2024-01-01','2026-12-31',3000,0);
INSERT INTO trips VALUES
(1,3,'conference','Rome','2022-10-03','2022-10-08',1240,'yes'),(2,4,'field work','Lofoten','2023-02-12','2023-03-20',4890.5,'yes'),(3,5,'field work','Estonia','2023-05-02','2023-05-19',1610,'yes'),(4,6,'conference','Lisbon','2023-06-18','2023-06-22',980,'yes'),
(5,4,'conference','Rome','2023-09-10','2023-09-15',1125,'yes'),(6,7,'training','Zurich','2023-10-02','2023-10-06',870,'no'),(7,3,'archive visit','Cairo','2024-01-14','2024-02-11',2760,'yes'),(8,9,'conference','Lisbon','2024-03-05','2024-03-09',2210,'no'),
(9,8,'field work','Estonia','2024-06-03','2024-06-28',2045,'yes'),(10,7,'conference','Kyoto','2024-07-21','2024-07-28',2590,'yes'),(11,2,'training','Zurich','2024-09-09','2024-09-11',640,'yes'),(12,8,'conference','Rome','2024-10-14',NULL,NULL,'yes');
INSERT INTO reports VALUES
(1,1,'2022-10-31','2022-10-28','A',14),(2,1,'2023-04-30','2023-05-20','B',22),(3,2,'2024-04-30','2024-04-30','A',31),(4,3,'2023-09-30','2023-11-02','C',9),(5,3,'2024-09-30','2024-09-12','B',40),(6,4,'2024-01-31','2024-01-30','A',18),
(7,5,'2023-06-30','2023-06-15','A',25),(8,5,'2024-06-30',NULL,NULL,NULL),(9,6,'2024-01-31','2024-03-04','B',12),(10,8,'2024-10-31','2024-10-29',NULL,27),(11,10,'2024-12-31',NULL,NULL,NULL);

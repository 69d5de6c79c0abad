CREATE TABLE fest (
  fest_id INTEGER PRIMARY KEY,
  fest_title TEXT NOT NULL,
  town TEXT,
  begins DATE,
  ends DATE,
  day_ticket DECIMAL(6,2),
  visitors INTEGER
);
CREATE TABLE fest_stage (
  stage_id INTEGER PRIMARY KEY,
  fest_id INTEGER REFERENCES fest(fest_id),
  stage_label TEXT,
  capacity INTEGER,
  covered TEXT
);
CREATE TABLE band (
  band_id INTEGER PRIMARY KEY,
  band_name TEXT,
  origin TEXT,
  style TEXT,
  members INTEGER,
  founded INTEGER
);
CREATE TABLE gig (
  gig_id INTEGER PRIMARY KEY,
  stage_id INTEGER,
  band_id INTEGER,
  starts_at DATETIME,
  minutes INTEGER,
  fee INTEGER,
  contract_signed TEXT,
  FOREIGN KEY (stage_id) REFERENCES fest_stage(stage_id),
  FOREIGN KEY (band_id) REFERENCES band(band_id)
);
CREATE TABLE volunteer (
  vol_id INTEGER PRIMARY KEY,
  given_name TEXT,
  family_name TEXT,
  dob DATE,
  home_town TEXT,
  tshirt TEXT,
  first_aid INTEGER,
  registered DATE,
  buddy_id INTEGER,
  mobile TEXT
);
CREATE TABLE task (
  task_code TEXT PRIMARY KEY,
  task_desc TEXT,
  min_age INTEGER,
  meal_vouchers INTEGER
);
CREATE TABLE crew_shift (
  shift_id INTEGER PRIMARY KEY,
  fest_id INTEGER REFERENCES fest(fest_id),
  stage_id INTEGER REFERENCES fest_stage(stage_id),
  task_code TEXT REFERENCES task(task_code),
  shift_day DATE,
  hours REAL,
  places INTEGER,
  leader_vol_id INTEGER REFERENCES volunteer(vol_id)
);
CREATE TABLE signup (
  shift_id INTEGER REFERENCES crew_shift(shift_id),
  vol_id INTEGER REFERENCES volunteer(vol_id),
  signed_on DATE,
  state TEXT,
  PRIMARY KEY (shift_id, vol_id)
);
INSERT INTO fest VALUES
 (1,'Riverbank Sounds','Passau','2023-06-30','2023-07-02',49.00,14200),(2,'Hilltop Folk Days','Marburg','2023-08-18','2023-08-20',35.00,5100),(3,'Riverbank Sounds','Passau','2024-06-28','2024-06-30',54.00,15850),
 (4,'Quay Jazz Weekend','Kiel','2024-05-10','2024-05-12',42.50,6900),(5,'Lantern Nights','Erfurt','2024-09-06','2024-09-07',28.00,3300),(6,'Frostfire','Kiel','2024-12-13','2024-12-14',31.00,NULL),
 (7,'Orchard Open Air','Marburg','2023-05-27','2023-05-28',22.00,2450),(8,'Pier Beats','Kiel','2025-07-18','2025-07-20',58.00,NULL);
INSERT INTO fest_stage VALUES
 (1,1,'River Stage',8000,'no'),(2,1,'Tent',1500,'yes'),(3,2,'Castle Yard',2500,'no'),(4,3,'River Stage',8500,'no'),(5,3,'Tent',1600,'yes'),(6,3,'Boat Deck',300,'no'),
 (7,4,'Dock Hall',1200,'yes'),(8,4,'Quayside',3200,'no'),(9,5,'Garden Stage',900,'no'),(10,6,'Ice Dome',1100,'yes'),(11,2,'Cellar Vault',180,'yes'),(12,7,'Apple Barn',650,'yes');
INSERT INTO band VALUES
 (1,'The Copper Owls','Germany','folk',5,2012),(2,'Neon Harbour','Denmark','electro',3,2017),(3,'Saltwind Trio','Germany','jazz',3,2005),(4,'Mama Cascade','Belgium','funk',9,2014),
 (5,'Grit and Thistle','Scotland','folk',4,1999),(6,'Kantele Storm','Finland','folk',6,2019),(7,'Brass Avenue','Germany','funk',11,2008),(8,'Loop Garden','Germany','electro',2,2021),
 (9,'Violet Engine','Poland','rock',4,2010),(10,'Old Ferry Men','Denmark','jazz',5,1987),(11,'Paper Volcano','Poland','rock',5,2023);
INSERT INTO gig VALUES
 (1,1,4,'2023-06-30 21:00:00',90,12000,'yes'),(2,1,9,'2023-07-01 20:30:00',75,8500,'yes'),(3,2,8,'2023-07-01 23:00:00',60,1800,'yes'),(4,3,1,'2023-08-18 19:00:00',70,3200,'yes'),
 (5,3,5,'2023-08-19 20:00:00',80,4100,'yes'),(6,11,3,'2023-08-20 17:30:00',50,1500,'yes'),(7,4,7,'2024-06-28 21:15:00',90,9800,'yes'),(8,4,4,'2024-06-29 22:00:00',95,13500,'yes'),
 (9,5,2,'2024-06-29 23:30:00',60,3600,'no'),(10,6,3,'2024-06-30 15:00:00',45,1600,'yes'),(11,7,10,'2024-05-10 20:00:00',75,2900,'yes'),(12,8,3,'2024-05-11 18:30:00',65,1750,'yes'),
 (13,8,7,'2024-05-12 17:00:00',70,7200,'no'),(14,9,6,'2024-09-06 19:45:00',60,2400,'yes'),(15,9,1,'2024-09-07 21:00:00',75,3500,'yes'),(16,10,2,'2024-12-13 22:00:00',90,4000,'no'),(17,5,9,'2024-06-30 20:00:00',70,8700,'yes');
INSERT INTO volunteer VALUES
 (1,'Klara','Engel','1996-03-14','Passau','M',1,'2022-11-05',NULL,'0160-111'),(2,'Ben','Sommer','2001-09-02','Kiel','L',0,'2023-01-20',1,'0160-222'),(3,'Aylin','Kaya','1999-12-11','Marburg','S',1,'2023-02-14',1,NULL),
 (4,'Fritz','Engel','1968-05-30','Passau','XL',1,'2022-12-01',NULL,'0160-444'),(5,'Maja','Lund','2004-07-19','Kiel','M',0,'2024-01-08',2,'0160-555'),(6,'Jonte','Petersen','2007-02-25','Kiel','S',0,'2024-02-17',2,'0160-666'),
 (7,'Samira','Odeh','1990-10-08','Erfurt','M',1,'2023-06-11',4,'0160-777'),(8,'Paul','Winkler','1983-01-27','Passau','L',0,'2023-03-03',4,NULL),(9,'Ida','Brehm','2005-11-15','Marburg',NULL,0,'2023-07-30',3,'0160-999'),
 (10,'Ole','Hansen','1977-08-06','Flensburg','XL',0,'2024-03-12',2,'0160-101'),(11,'Tessa','Kaya','2002-04-21','Marburg','M',1,'2024-05-02',3,'0160-112'),(12,'Viktor','Braun','1959-06-16','Erfurt','L',0,'2024-10-01',NULL,NULL);
INSERT INTO task VALUES ('BAR','bar service',18,1),('GAT','gate control',18,1),('BAC','backstage help',16,2),('AID','first aid post',21,2),('CLN','clean-up',14,1),('INF','info desk',16,1),('PRK','car park',18,1);
INSERT INTO crew_shift VALUES
 (1,1,1,'BAC','2023-06-30',6.0,4,1),(2,1,NULL,'GAT','2023-07-01',8.0,6,4),(3,1,NULL,'CLN','2023-07-02',4.5,10,8),(4,2,3,'BAC','2023-08-18',5.0,3,3),(5,2,NULL,'BAR','2023-08-19',7.0,5,NULL),
 (6,3,4,'BAC','2024-06-28',6.5,4,1),(7,3,NULL,'GAT','2024-06-29',8.0,8,4),(8,3,NULL,'AID','2024-06-29',10.0,2,4),(9,4,8,'BAR','2024-05-11',7.5,4,2),(10,4,NULL,'INF','2024-05-10',5.5,2,2),
 (11,5,9,'BAC','2024-09-06',5.0,2,7),(12,5,NULL,'CLN','2024-09-07',3.0,6,NULL),(13,6,10,'BAR','2024-12-13',6.0,3,2),(14,7,12,'INF','2023-05-27',4.0,2,3);
INSERT INTO signup VALUES
 (1,1,'2023-03-01','confirmed'),(1,8,'2023-04-12','confirmed'),(2,4,'2023-02-20','confirmed'),(2,8,'2023-04-12','confirmed'),(2,2,'2023-05-30','no-show'),(3,8,'2023-05-02','confirmed'),
 (4,3,'2023-05-15','confirmed'),(4,7,'2023-07-01','confirmed'),(5,7,'2023-07-01','cancelled'),(5,2,'2023-06-18','confirmed'),(6,1,'2024-02-11','confirmed'),(6,11,'2024-05-20','confirmed'),
 (7,4,'2024-02-01','confirmed'),(7,10,'2024-04-09','no-show'),(7,2,'2024-03-15','confirmed'),(8,4,'2024-02-01','confirmed'),(8,7,'2024-03-28','confirmed'),(9,2,'2024-01-30','confirmed'),
 (9,5,'2024-02-02','confirmed'),(10,6,'2024-03-01','confirmed'),(10,2,'2024-02-25','waiting'),(11,7,'2024-06-15','confirmed'),(11,3,'2024-07-07','waiting'),(13,5,'2024-10-10','confirmed'),(13,10,'2024-10-12','waiting');

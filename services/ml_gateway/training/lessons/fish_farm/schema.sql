CREATE TABLE pond (
  pond_id INTEGER PRIMARY KEY,
  pond_name TEXT,
  pond_type TEXT,          -- E earthen, C concrete, N net cage
  pond_area_m2 REAL,
  pond_depth_m REAL,
  dug_year TEXT,
  keeper_id INTEGER
);
CREATE TABLE keeper (
  keeper_id INTEGER PRIMARY KEY,
  kp_name TEXT,
  kp_phone TEXT,
  kp_since DATE,
  kp_wage DECIMAL(8,2),
  supervisor_id INTEGER REFERENCES keeper(keeper_id)
);
CREATE TABLE species (
  sp_code TEXT PRIMARY KEY,
  sp_name TEXT,
  sp_water TEXT,
  sp_growth_months INTEGER
);
CREATE TABLE stock (
  stk_id INTEGER PRIMARY KEY,
  pond_id INTEGER REFERENCES pond(pond_id),
  sp_code TEXT REFERENCES species(sp_code),
  stk_date DATE,
  stk_count INTEGER,
  stk_avg_g REAL,
  hatchery TEXT
);
CREATE TABLE feeding (
  fd_id INTEGER PRIMARY KEY,
  pond_id INTEGER,
  fd_date DATE,
  feed_type TEXT,
  fd_qty_kg REAL,
  fd_cost DECIMAL(7,2),
  keeper_id INTEGER
);
CREATE TABLE buyer (
  buyer_id INTEGER PRIMARY KEY,
  by_name TEXT,
  by_kind TEXT,
  by_town TEXT,
  by_email TEXT
);
CREATE TABLE harvest (
  hv_id INTEGER PRIMARY KEY,
  stk_id INTEGER REFERENCES stock(stk_id),
  buyer_id INTEGER REFERENCES buyer(buyer_id),
  hv_date DATE,
  hv_kg REAL,
  price_per_kg DECIMAL(6,2),
  grade TEXT
);
INSERT INTO pond VALUES
(1,'Willow Pond','E',1200,1.8,'1998',1),(2,'Long Pond','E',2600,2.2,'1998',2),(3,'North Tank','C',150,1.5,'2011',3),
(4,'South Tank','C',165,1.4,'2012',NULL),(5,'Heron Pond','E',900,1.6,'2004',1),(6,'Lake Cage A','N',80,6,'2017',4),
(7,'Lake Cage B','N',95,6.5,'2019',4),(8,'Nursery','C',40,0.9,'2015',5),(9,'Mill Pond','E',1750,2.5,'1987',2);
INSERT INTO keeper VALUES
(1,'Agnes Holm','0700-11','2009-03-01',2650,NULL),(2,'Bruno Silva','0700-12','2016-06-15',2300,1),(3,'Cato Nilsen',NULL,'2020-02-01',2150,1),
(4,'Dewi Pratama','0700-14','2018-09-10',2480,1),(5,'Elif Aydin','0700-15','2023-05-02',1900,4),(6,'Finn Holm','0700-16','2022-11-20',2520,4);
INSERT INTO species VALUES
('CRP','Common carp','warm',24),('TRT','Rainbow trout','cold',14),('TIL','Tilapia','warm',8),('CAT','Catfish','warm',10),
('PER','Perch','cold',30),('STG','Sturgeon','cold',72),('CHR','Arctic char','cold',26);
INSERT INTO stock VALUES
(1,1,'CRP','2021-04-12',3000,25,'Blue Spring'),(2,2,'CRP','2021-05-03',5200,30,'Blue Spring'),(3,3,'TRT','2022-03-20',1800,12,'Fjellbekk'),
(4,4,'TIL','2022-06-11',2500,8,'Sunfry'),(5,5,'PER','2021-09-09',1400,15,NULL),(6,6,'TRT','2022-08-01',4200,20,'Fjellbekk'),
(7,7,'TRT','2023-03-25',3900,18,'Fjellbekk'),(8,3,'CHR','2023-06-02',900,22,'Fjellbekk'),(9,4,'CAT','2023-02-14',1600,10,'Sunfry'),
(10,2,'STG','2022-04-28',250,110,'Volga Roe'),(11,1,'TIL','2023-05-30',2200,9,'Sunfry'),(12,9,'CRP','2023-04-18',4100,28,'Blue Spring'),
(13,6,'TRT','2024-01-15',4500,19,'Coldwater'),(14,5,'CRP','2023-10-05',1000,35,NULL),
(15,2,'CRP','2023-09-20',2800,32,'Blue Spring'),(16,2,'STG','2024-03-02',120,150,'Volga Roe');
INSERT INTO feeding VALUES
(1,1,'2022-05-02','pellet',40,62,1),(2,1,'2022-05-09','pellet',42,65.1,2),(3,2,'2022-05-09','grain',85,51,2),(4,3,'2022-05-16','starter',6,21.6,3),
(5,6,'2022-09-03','pellet',55,85.25,4),(6,6,'2022-09-10','pellet',58,89.9,4),(7,4,'2022-10-01','algae mix',12,30,3),(8,2,'2023-04-11','grain',90,55.8,2),
(9,2,'2023-04-18','pellet',33,52.8,1),(10,7,'2023-06-05','pellet',47,75.2,4),(11,7,'2023-06-12','starter',9,34.2,6),(12,3,'2023-07-01','starter',8,30.4,3),
(13,5,'2023-07-08','grain',25,15.5,1),(14,9,'2023-08-20','grain',110,68.2,2),(15,9,'2023-08-27','grain',120,NULL,2),(16,4,'2023-09-15','pellet',18,28.8,3),
(17,6,'2024-02-01','pellet',64,108.8,4),(18,6,'2024-02-08','starter',15,58.5,6),(19,1,'2024-03-03','algae mix',20,52,1),(20,9,'2024-03-10','pellet',51,86.7,6),
(21,2,'2021-10-04','pellet',60,90,2);
INSERT INTO buyer VALUES
(1,'Fish & Fork','restaurant','Port Ellis','orders@fishfork.example'),(2,'Marlowe Wholesale','wholesaler','Brackton','buy@marlowe.example'),
(3,'Saturday Market Co-op','market','Port Ellis',NULL),(4,'Hotel Aurora','restaurant','Lakeside','kitchen@aurora.example'),
(5,'Smokehouse Berg','smokehouse','Lakeside','berg@smoke.example'),(6,'Greenline Foods','wholesaler','Tarnby',NULL),
(7,'Little Quay Bistro','restaurant','Brackton','hello@quaybistro.example'),(8,'Ocean Pets','pet food','Sandholm','info@oceanpets.example');
INSERT INTO harvest VALUES
(1,1,2,'2023-04-05',920,3.1,'A'),(2,1,3,'2023-04-19',310,3.6,'B'),(3,2,2,'2023-05-10',1800,2.95,'A'),(4,3,1,'2023-05-22',140,8.4,'A'),
(5,3,4,'2023-06-01',160,8.1,'A'),(6,4,6,'2023-03-02',610,4.2,'B'),(7,4,8,'2023-03-09',205,1.1,'C'),(8,6,5,'2023-10-14',1350,6.9,'A'),
(9,6,1,'2023-10-20',95,8.9,'A'),(10,6,2,'2023-11-03',1240,6.2,'B'),(11,9,3,'2023-12-08',480,5.1,'A'),(12,9,6,'2023-12-15',390,4.8,'B'),
(13,5,4,'2024-03-18',120,11.5,'A'),(14,7,5,'2024-04-02',1500,7.05,'A'),(15,7,4,'2024-04-09',85,8.7,NULL),(16,11,6,'2024-02-11',700,4.35,'A'),
(17,11,8,'2024-02-18',150,1.25,'C'),(18,2,8,'2024-03-25',330,0.95,'C');

CREATE TABLE prod_lines (
  line_no INTEGER PRIMARY KEY,
  line_desc TEXT,
  hall TEXT,
  built_yr INTEGER
);
CREATE TABLE machines (
  mach_id TEXT PRIMARY KEY,
  mach_type TEXT,
  maker TEXT,
  line_no INTEGER REFERENCES prod_lines(line_no),
  purchased DATE,
  last_service DATE,
  status TEXT,
  kw_rating REAL
);
CREATE TABLE workers (
  badge INTEGER PRIMARY KEY,
  wname TEXT,
  trade TEXT,
  lead_badge INTEGER,
  hourly_rate DECIMAL(6,2),
  start_dt DATE
);
CREATE TABLE products (
  part_code TEXT PRIMARY KEY,
  part_name TEXT,
  material TEXT,
  weight_g REAL,
  unit_cost DECIMAL(8,2)
);
CREATE TABLE work_orders (
  wo_no INTEGER PRIMARY KEY,
  part_code TEXT,
  line_no INTEGER,
  shift_cd TEXT,
  qty_planned INTEGER,
  qty_made INTEGER,
  start_dt DATE,
  due_dt DATE,
  finish_dt DATE,
  operator_badge INTEGER,
  inspector_badge INTEGER
);
CREATE TABLE defect_types (
  dcode TEXT PRIMARY KEY,
  descr TEXT,
  severity INTEGER
);
CREATE TABLE defects (
  defect_id INTEGER PRIMARY KEY,
  wo_no INTEGER,
  mach_id TEXT,
  dcode TEXT,
  qty INTEGER,
  found_dt DATE,
  scrapped TEXT,
  remark TEXT
);
INSERT INTO prod_lines VALUES (10,'Gear housing','North',2008),(20,'Pump bodies','North',2013),(30,'Brackets','South',2016),(40,'Valve seats','South',2011),(50,'Prototype cell','East',2022),(60,'Surface finish','East',2019),(70,'Cable clamps','West',2023),(80,'Spare line',NULL,NULL);
INSERT INTO machines VALUES
 ('M01','milling','Deckmann',10,'2012-05-14','2024-02-11','R',22.5),
 ('M02','lathe','Torvik',10,'2015-09-01','2023-11-20','R',15.0),
 ('M03','drill','Torvik',20,'2014-03-18','2024-05-02','S',7.5),
 ('M04','milling','Hanasaki',20,'2019-07-22','2024-04-16','R',30.0),
 ('M05','press','Deckmann',30,'2016-10-10','2023-08-30','R',45.0),
 ('M06','press','Ferrolux',30,'2021-01-25','2024-06-07','B',55.0),
 ('M07','grinder','Hanasaki',40,'2018-02-28','2023-12-12','R',11.0),
 ('M08','lathe','Torvik',40,'2011-11-11','2024-01-19','S',12.5),
 ('M09','printer','Layerix',50,'2022-06-03',NULL,'R',4.2),
 ('M10','coater','Ferrolux',60,'2020-04-20','2024-03-25','R',18.0),
 ('M11','milling','Hanasaki',NULL,'2023-10-30',NULL,'S',32.0),
 ('M12','drill','Deckmann',30,'2017-08-08','2024-05-28','R',6.8);
INSERT INTO workers VALUES
 (301,'Greta Voss','inspector',NULL,34.50,'2009-04-01'),(302,'Karim Daoud','machinist',306,27.80,'2016-02-15'),(303,'Lotte Haas','machinist',306,31.10,'2013-09-09'),
 (304,'Viktor Sand','inspector',301,31.20,'2018-11-05'),(305,'Yuki Abe','fitter',307,24.60,'2021-05-17'),(306,'Bruno Falk','foreman',NULL,38.00,'2005-08-22'),
 (307,'Anke Rother','foreman',306,36.40,'2011-01-10'),(308,'Pablo Nieto','machinist',307,26.30,'2022-10-03'),(309,'Sina Ekberg','painter',307,23.90,'2020-03-30'),
 (310,'Dirk Haas','machinist',307,25.50,'2023-06-12'),(311,'Olga Brandt','inspector',301,30.10,'2023-01-16');
INSERT INTO products VALUES
 ('GH-100','Gear housing small','aluminium',820,41.50),('GH-200','Gear housing large','cast iron',2450,63.00),('PB-310','Pump body','cast iron',1780,52.25),
 ('BR-050','Bracket flat','steel',140,3.80),('BR-055','Bracket angled','steel',165,4.35),('VS-400','Valve seat','brass',95,7.90),
 ('CC-700','Cable clamp','polymer',18,0.65),('PT-900','Impeller prototype','polymer',210,88.00),('SP-010','Spacer ring','brass',12,0.95);
INSERT INTO work_orders VALUES
 (7001,'GH-100',10,'E',200,200,'2023-02-06','2023-02-10','2023-02-10',302,301),
 (7002,'GH-200',10,'L',80,76,'2023-03-13','2023-03-17','2023-03-20',303,301),
 (7003,'PB-310',20,'E',150,150,'2023-05-02','2023-05-08','2023-05-06',302,304),
 (7004,'BR-050',30,'N',2000,1940,'2023-06-19','2023-06-21','2023-06-22',308,304),
 (7005,'BR-055',30,'N',1500,1500,'2023-09-04','2023-09-06','2023-09-06',308,301),
 (7006,'VS-400',40,'E',600,585,'2023-10-16','2023-10-20','2023-10-24',303,304),
 (7007,'GH-100',10,'L',220,214,'2023-11-27','2023-12-01','2023-12-01',310,301),
 (7008,'PT-900',50,'E',6,4,'2024-01-08','2024-01-26','2024-02-02',305,NULL),
 (7009,'BR-050',30,'L',2400,2400,'2024-02-12','2024-02-14','2024-02-13',310,311),
 (7010,'PB-310',20,'N',180,171,'2024-03-04','2024-03-08','2024-03-11',308,311),
 (7011,'VS-400',40,'L',650,650,'2024-04-15','2024-04-19','2024-04-18',303,301),
 (7012,'GH-200',10,'E',90,88,'2024-05-13','2024-05-17','2024-05-17',302,304),
 (7013,'BR-055',30,'N',1800,1100,'2024-06-10','2024-06-12',NULL,308,NULL),
 (7014,'GH-100',10,'E',250,0,'2024-06-24','2024-06-28',NULL,302,NULL),
 (7015,'PT-900',50,'E',5,5,'2024-04-02','2024-04-19','2024-04-12',305,304);
INSERT INTO defect_types VALUES ('SCR','surface scratch',1),('DIM','out of tolerance',3),('CRK','crack',5),('POR','porosity',4),('BUR','burr',2),('COL','wrong colour',1),('WRP','warping',3);
INSERT INTO defects VALUES
 (1,7002,'M01','POR',3,'2023-03-15','yes',NULL),(2,7002,'M02','DIM',1,'2023-03-16','yes','tool worn'),(3,7003,'M03','BUR',6,'2023-05-04','no','reworked'),
 (4,7004,'M05','DIM',48,'2023-06-20','yes','die misaligned'),(5,7004,'M06','BUR',35,'2023-06-20','no',NULL),(6,7004,'M12','SCR',12,'2023-06-21','yes',NULL),
 (7,7006,'M07','SCR',9,'2023-10-18','no',NULL),(8,7006,'M08','DIM',15,'2023-10-19','yes','tool worn'),(9,7007,'M01','CRK',2,'2023-11-29','yes','raw part faulty'),
 (10,7007,'M02','DIM',4,'2023-11-30','yes',NULL),(11,7008,'M09','WRP',2,'2024-01-22','yes','cooling too fast'),(12,7010,'M04','POR',7,'2024-03-06','yes',NULL),
 (13,7010,'M03','CRK',2,'2024-03-07','yes','raw part faulty'),(14,7012,'M01','DIM',2,'2024-05-15','yes','tool worn'),(15,7013,'M06','DIM',85,'2024-06-11','yes','press stopped'),
 (16,7013,'M06','CRK',14,'2024-06-12','yes','press stopped'),(17,7009,'M05','BUR',20,'2024-02-13','no','reworked'),(18,7005,NULL,'SCR',5,'2023-09-06','no',NULL);

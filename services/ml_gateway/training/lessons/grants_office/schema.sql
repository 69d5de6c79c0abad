CREATE TABLE unit (
  unit_id INTEGER PRIMARY KEY,
  unit_name TEXT,
  building TEXT,
  head_id INTEGER,
  parent_unit_id INTEGER REFERENCES unit(unit_id)
);
CREATE TABLE researcher (
  res_id INTEGER PRIMARY KEY,
  res_fname TEXT,
  res_lname TEXT,
  res_title TEXT,
  res_orcid TEXT,
  unit_id INTEGER REFERENCES unit(unit_id),
  hired_on DATE,
  left_on DATE,
  fte REAL
);
CREATE TABLE funder (
  fnd_id INTEGER PRIMARY KEY,
  fnd_name TEXT,
  fnd_abbrev TEXT,
  fnd_country TEXT,
  fnd_type TEXT
);
CREATE TABLE proposal (
  prop_id INTEGER PRIMARY KEY,
  acronym TEXT,
  full_title TEXT,
  fnd_id INTEGER REFERENCES funder(fnd_id),
  pi_id INTEGER REFERENCES researcher(res_id),
  submitted_on DATE,
  decided_on DATE,
  outcome TEXT,
  requested_eur INTEGER
);
CREATE TABLE award (
  award_no TEXT PRIMARY KEY,
  prop_id INTEGER REFERENCES proposal(prop_id),
  start_dt DATE,
  end_dt DATE,
  amount_eur INTEGER,
  overhead_pct REAL
);
CREATE TABLE award_staff (
  award_no TEXT REFERENCES award(award_no),
  res_id INTEGER REFERENCES researcher(res_id),
  staff_role TEXT,
  months INTEGER,
  PRIMARY KEY (award_no, res_id)
);
CREATE TABLE peer_review (
  rev_id INTEGER PRIMARY KEY,
  prop_id INTEGER REFERENCES proposal(prop_id),
  reviewer TEXT,
  rev_country TEXT,
  score INTEGER,
  rev_date DATE
);
CREATE TABLE publication (
  pub_id INTEGER PRIMARY KEY,
  pub_title TEXT,
  venue TEXT,
  pub_year INTEGER,
  open_access INTEGER,
  citations INTEGER,
  award_no TEXT REFERENCES award(award_no)
);
CREATE TABLE authorship (
  pub_id INTEGER REFERENCES publication(pub_id),
  res_id INTEGER REFERENCES researcher(res_id),
  author_pos INTEGER,
  PRIMARY KEY (pub_id, res_id)
);
INSERT INTO unit VALUES
(1,'Life Sciences','North Block',101,NULL),(2,'Soil Ecology','North Block',102,1),(3,'Insect Physiology','Annex B',104,1),
(4,'Earth Observation','Tower',106,NULL),(5,'Glacier Group','Tower',107,4),(6,'Data Lab','Annex B',NULL,NULL);
INSERT INTO researcher VALUES
(101,'Helene','Brandvold','Prof','0000-0001-1111-0101',1,'2004-09-01',NULL,1),(102,'Tariq','Mahfouz','Prof','0000-0001-1111-0102',2,'2010-02-15',NULL,1),
(103,'Wen','Li','Dr','0000-0001-1111-0103',2,'2018-05-01',NULL,1),(104,'Sofia','Almeida','Dr','0000-0001-1111-0104',3,'2015-10-01',NULL,0.8),
(105,'Jakub','Nowicki',NULL,NULL,3,'2021-10-01','2024-09-30',0.5),(106,'Ingrid','Sund','Prof','0000-0001-1111-0106',4,'2008-01-07',NULL,1),
(107,'Alan','Reid','Dr','0000-0001-1111-0107',5,'2013-03-18',NULL,1),(108,'Marta','Li','Dr',NULL,5,'2019-11-11',NULL,0.6),
(109,'Deepak','Rao',NULL,NULL,5,'2022-02-01',NULL,0.75),(110,'Claire','Dubois','Dr','0000-0001-1111-0110',6,'2020-06-01','2023-12-31',1),
(111,'Noah','Kipkemboi','Dr','0000-0001-1111-0111',6,'2023-04-01',NULL,1),(112,'Eva','Brandvold',NULL,NULL,2,'2023-09-01',NULL,0.5);
INSERT INTO funder VALUES
(1,'European Programme for Science','EPS','Belgium','public'),(2,'National Research Board','NRB','Norway','public'),(3,'Halvorsen Foundation','HF','Norway','private'),
(4,'Alpine Water Trust','AWT','Switzerland','charity'),(5,'Terra Insurance Group','TIG','Germany','company'),(6,'Polar Society','PS','Norway','charity');
INSERT INTO proposal VALUES
(1,'ROOTNET','Fungal networks under drought',1,102,'2021-01-20','2021-07-15','granted',1450000),
(2,'MELTCLOCK','Timing of glacier melt',2,107,'2021-03-10','2021-09-01','granted',620000),
(3,'BUZZ','Wing muscles in cold bumblebees',3,104,'2021-05-05','2021-11-30','rejected',210000),
(4,'WORMWISE','Earthworms as soil engineers',2,103,'2022-02-01','2022-08-20','granted',480000),
(5,'SKYSOIL','Soil moisture from space',1,106,'2022-02-14','2022-09-10','rejected',1990000),
(6,'BUZZ II','Wing muscles in cold bumblebees',2,104,'2022-03-01','2022-10-05','granted',350000),
(7,'ICEFLOOD','Outburst floods and insurance',5,107,'2022-06-30','2022-08-01','granted',175000),
(8,'DEEPLEAF','Learning plant traits from images',1,110,'2023-01-18','2023-08-08','rejected',900000),
(9,'SPRINGLINE','Mountain springs in a warmer climate',4,108,'2023-03-22','2023-06-14','granted',130000),
(10,'SKYSOIL 2','Soil moisture from space',1,106,'2023-02-14','2023-09-12','granted',2100000),
(11,'MOTHLIGHT','Moths and street lamps',3,101,'2023-10-02','2024-03-01','withdrawn',95000),
(12,'TINYDATA','Models for scarce field data',2,111,'2024-02-05',NULL,'pending',540000),
(13,'SNOWFLEA','Springtails on snow',3,104,'2024-04-11',NULL,'pending',88000);
INSERT INTO award VALUES
('A21-07',1,'2022-01-01','2026-12-31',1400000,25),('A21-11',2,'2022-03-01','2025-02-28',600000,20),('A22-03',4,'2023-01-01','2025-12-31',480000,20),
('A22-08',6,'2023-03-01','2026-02-28',310000,20),('A22-09',7,'2022-10-01','2024-03-31',175000,NULL),('A23-05',9,'2023-09-01','2025-08-31',120000,10),('A23-12',10,'2024-03-01','2029-02-28',2050000,25);
INSERT INTO award_staff VALUES
('A21-07',102,'lead',12),('A21-07',103,'postdoc',30),('A21-07',101,'advisor',2),('A21-07',112,'student',36),('A21-11',107,'lead',9),
('A21-11',109,'student',36),('A21-11',108,'postdoc',18),('A22-03',103,'lead',10),('A22-03',105,'student',12),('A22-08',104,'lead',8),
('A22-08',105,'student',18),('A22-09',107,'lead',3),('A22-09',110,'postdoc',15),('A23-05',108,'lead',6),('A23-12',106,'lead',14),('A23-12',111,'postdoc',40);
INSERT INTO peer_review VALUES
(1,1,'R. Castellan','Italy',9,'2021-04-02'),(2,1,'J. Ahlgren','Sweden',8,'2021-04-19'),(3,2,'P. Dufour','France',9,'2021-06-01'),(4,3,'R. Castellan','Italy',5,'2021-08-12'),
(5,3,'M. Iwata','Japan',6,'2021-09-03'),(6,4,'J. Ahlgren','Sweden',7,'2022-05-05'),(7,4,'L. Okonjo','Nigeria',9,'2022-05-21'),(8,5,'P. Dufour','France',4,'2022-05-30'),
(9,5,'S. Weber','Germany',7,'2022-06-02'),(10,6,'M. Iwata','Japan',8,'2022-06-14'),(11,8,'S. Weber','Germany',3,'2023-04-04'),(12,8,'L. Okonjo','Nigeria',6,'2023-04-25'),
(13,9,'H. Zurbriggen','Switzerland',8,'2023-05-02'),(14,10,'S. Weber','Germany',9,'2023-05-15'),(15,10,'P. Dufour','France',10,'2023-05-28'),(16,12,'J. Ahlgren','Sweden',NULL,NULL),(17,5,'M. Iwata','Japan',6,'2022-06-20');
INSERT INTO publication VALUES
(1,'Threads in dry ground','Soil Letters',2023,1,34,'A21-07'),(2,'A clock for melting ice','Cryo Reports',2023,1,21,'A21-11'),(3,'Castings and carbon','Soil Letters',2024,0,5,'A22-03'),
(4,'Shivering before flight','Journal of Insect Motion',2024,1,8,'A22-08'),(5,'Pricing the flood','Risk Notes',2023,0,12,'A22-09'),(6,'Fungi talk back','Open Ecology',2024,1,17,'A21-07'),
(7,'Images of leaves','Data in Field Science',2022,1,40,NULL),(8,'Albedo revisited','Cryo Reports',2022,0,55,NULL),(9,'Melt seasons of the south face','Cryo Reports',2024,1,2,'A21-11'),(10,'Springs that stopped','Open Ecology',2024,1,0,'A23-05');
INSERT INTO authorship VALUES
(1,103,1),(1,102,2),(2,109,1),(2,107,2),(2,108,3),(3,105,1),(3,103,2),(4,104,1),(4,105,2),(5,107,1),(5,110,2),(6,102,1),(6,112,2),(6,101,3),(7,110,1),(8,107,1),(8,106,2),(9,109,1),(9,107,2),(10,108,1);

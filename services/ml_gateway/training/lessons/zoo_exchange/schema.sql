CREATE TABLE tbl_zoo (
  zoo_code TEXT PRIMARY KEY,
  zoo_name TEXT,
  zoo_city TEXT,
  zoo_country TEXT,
  zoo_founded TEXT,
  zoo_area_ha REAL
);
CREATE TABLE tbl_programme (
  prog_id INTEGER PRIMARY KEY,
  prog_species TEXT,
  prog_coordinator_zoo TEXT REFERENCES tbl_zoo(zoo_code),
  prog_start TEXT,
  prog_budget INTEGER
);
CREATE TABLE tbl_animal (
  ani_id INTEGER PRIMARY KEY,
  ani_name TEXT,
  ani_sex TEXT,
  ani_dob DATE,
  ani_prog_id INTEGER REFERENCES tbl_programme(prog_id),
  ani_home_zoo TEXT REFERENCES tbl_zoo(zoo_code),
  ani_mother_id INTEGER REFERENCES tbl_animal(ani_id),
  ani_father_id INTEGER REFERENCES tbl_animal(ani_id),
  ani_chip TEXT
);
CREATE TABLE tbl_transfer (
  trf_id INTEGER PRIMARY KEY,
  trf_ani_id INTEGER REFERENCES tbl_animal(ani_id),
  trf_from_zoo TEXT REFERENCES tbl_zoo(zoo_code),
  trf_to_zoo TEXT REFERENCES tbl_zoo(zoo_code),
  trf_sent DATE,
  trf_arrived DATE,
  trf_kind TEXT,
  trf_cost INTEGER
);
CREATE TABLE tbl_health_check (
  chk_id INTEGER PRIMARY KEY,
  chk_ani_id INTEGER,
  chk_date DATE,
  chk_result TEXT,
  chk_weight REAL
);
INSERT INTO tbl_zoo VALUES
 ('BRN','Tierpark Aaretal','Bern','Switzerland','1937',13.5),('LYO','Parc des Collines','Lyon','France','1962',21.0),('GEN','Bioparco Ligure','Genoa','Italy','1994',17.2),
 ('ULM','Donau Zoo','Ulm','Germany','1928',9.8),('KAS','Bergzoo Kassel','Kassel','Germany','1955',30.4),('POR','Jardim da Foz','Porto','Portugal','1971',26.5),('TUR','Parco Dora','Turin','Italy','2009',11.1),('AAL','Limfjord Zoo','Aalborg','Denmark','1949',NULL),
 ('BGO','Fjellpark','Bergen','Norway','1984',14.4);
INSERT INTO tbl_programme VALUES
 (1,'Amur leopard','KAS','2004',85000),(2,'Cotton-top tamarin','LYO','1999',32000),(3,'Bearded vulture','BRN','1986',120000),(4,'Red wolf','AAL','2015',54000),(5,'Visayan hornbill',NULL,'2021',18000),(6,'Pygmy hippo','KAS','2011',97000),(7,'Tree kangaroo','POR','2018',NULL);
INSERT INTO tbl_animal VALUES
 (1,'Sascha','M','2010-06-02',1,'KAS',NULL,NULL,'C-0101'),(2,'Mila','F','2011-05-20',1,'ULM',NULL,NULL,'C-0102'),(3,'Taiga','F','2016-07-11',1,'KAS',2,1,'C-0103'),(4,'Boris','M','2018-06-30',1,'BRN',2,1,'C-0104'),
 (5,'Chico','M','2014-09-09',2,'LYO',NULL,NULL,'C-0201'),(6,'Paz','F','2015-03-17',2,'GEN',NULL,NULL,NULL),(7,'Tito','M','2019-10-25',2,'LYO',6,5,'C-0203'),(8,'Luna','F','2021-11-03',2,'TUR',6,5,'C-0204'),
 (9,'Gyp','M','1999-03-01',3,'TUR',NULL,NULL,'C-0301'),(10,'Alma','F','2001-02-27',3,'LYO',NULL,NULL,'C-0302'),(11,'Arve','M','2022-03-08',3,'LYO',10,9,NULL),(12,'Ash','M','2017-04-14',4,'AAL',NULL,NULL,'C-0401'),
 (13,'Luna','F','2018-04-22',4,'AAL',NULL,NULL,'C-0402'),(14,'Moses','M','2009-12-12',6,'KAS',NULL,NULL,'C-0601'),(15,'Hetty','F','2012-08-19',6,'POR',NULL,NULL,'C-0602'),(16,'Pearl','F','2020-01-30',6,'POR',15,14,'C-0603'),(17,'Bongo','M','2023-09-05',6,'POR',15,14,NULL);
INSERT INTO tbl_transfer VALUES
 (1,4,'KAS','BRN','2020-03-02','2020-03-03','gift',2100),(2,6,'LYO','GEN','2019-05-14','2019-05-14','loan',900),(3,8,'GEN','TUR','2023-02-20','2023-02-20','loan',350),(4,14,'ULM','KAS','2018-10-08','2018-10-09','purchase',6400),
 (5,15,'KAS','POR','2019-04-01','2019-04-04','loan',7200),(6,10,'BRN','LYO','2021-06-16','2021-06-16','gift',1150),(7,2,'KAS','ULM','2022-09-27','2022-09-27','loan',1300),(8,7,'GEN','LYO','2022-11-10','2022-11-11','loan',870),
 (9,1,'AAL','KAS','2014-01-20','2014-01-22','purchase',5600),(10,3,'KAS','GEN','2024-05-06',NULL,'loan',2450),(11,16,'POR','KAS','2024-08-12',NULL,'gift',6900),(12,5,'TUR','LYO','2017-07-07','2017-07-07','gift',640),(13,2,'AAL','KAS','2013-02-11','2013-02-13','gift',3900);
INSERT INTO tbl_health_check VALUES
 (1,1,'2023-01-18','fit',52.5),(2,2,'2023-02-02','fit',38.0),(3,3,'2023-02-02','treat',36.4),(4,3,'2024-04-22','fit',37.1),(5,6,'2023-05-30','fit',0.4),(6,9,'2023-06-12','watch',5.8),(7,10,'2024-01-15','fit',6.1),
 (8,14,'2023-09-19','treat',251.0),(9,14,'2024-03-11','watch',246.5),(10,14,'2024-09-10','fit',255.0),(11,15,'2024-03-18','fit',228.0),(12,16,'2024-07-29','fit',190.5),(13,8,'2023-02-10','fit',0.4),(14,12,'2023-10-03','treat',NULL),(15,13,'2023-10-03','fit',24.6);

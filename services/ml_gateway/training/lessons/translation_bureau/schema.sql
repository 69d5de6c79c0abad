CREATE TABLE tb_language (
  lang_code CHAR(2) PRIMARY KEY,
  lang_name TEXT,
  script TEXT
);
CREATE TABLE tb_linguist (
  ling_no INTEGER PRIMARY KEY,
  ling_first TEXT,
  ling_last TEXT,
  residence TEXT,
  native_lang CHAR(2) REFERENCES tb_language(lang_code),
  emp_type TEXT,            -- F freelance, S staff
  sworn TEXT,
  joined DATE,
  day_capacity INTEGER
);
CREATE TABLE tb_pair (
  pair_id INTEGER PRIMARY KEY,
  ling_no INTEGER,
  src_lang CHAR(2),
  tgt_lang CHAR(2),
  word_rate DECIMAL(4,3),
  tested_on DATE
);
CREATE TABLE tb_client (
  client_no INTEGER PRIMARY KEY,
  client_name TEXT,
  sector TEXT,
  hq_city TEXT,
  acct_mgr TEXT,
  discount_pct REAL
);
CREATE TABLE tb_job (
  job_no INTEGER PRIMARY KEY,
  client_no INTEGER REFERENCES tb_client(client_no),
  job_title TEXT,
  field TEXT,
  src_lang CHAR(2) REFERENCES tb_language(lang_code),
  tgt_lang CHAR(2) REFERENCES tb_language(lang_code),
  words INTEGER,
  translator_no INTEGER REFERENCES tb_linguist(ling_no),
  reviewer_no INTEGER REFERENCES tb_linguist(ling_no),
  received DATE,
  due DATE,
  delivered DATE,
  job_status TEXT,
  quality_score REAL
);
CREATE TABLE tb_invoice (
  inv_no INTEGER PRIMARY KEY,
  client_no INTEGER REFERENCES tb_client(client_no),
  inv_date DATE,
  due_date DATE,
  paid_date DATE,
  net_amount DECIMAL(9,2),
  vat DECIMAL(8,2),
  currency TEXT
);
CREATE TABLE tb_invoice_line (
  inv_no INTEGER REFERENCES tb_invoice(inv_no),
  job_no INTEGER REFERENCES tb_job(job_no),
  line_amount DECIMAL(9,2),
  rush INTEGER,
  PRIMARY KEY (inv_no, job_no)
);
INSERT INTO tb_language VALUES
('en','English','Latin'),('de','German','Latin'),('fr','French','Latin'),('pl','Polish','Latin'),('el','Greek','Greek'),('uk','Ukrainian','Cyrillic'),('ja','Japanese','Kanji/Kana'),('pt','Portuguese','Latin'),('ar','Arabic','Arabic'),('fi','Finnish','Latin'),('sv','Swedish','Latin');
INSERT INTO tb_linguist VALUES
(1,'Ursula','Keller','Basel','de','S','yes','2012-02-01',2500),(2,'Declan','Moore','Galway','en','F','no','2016-05-17',3000),(3,'Halina','Wrona','Gdansk','pl','F','yes','2018-09-03',2200),
(4,'Nikos','Pappas','Patras','el','F','no','2019-01-22',1800),(5,'Camille','Duval','Lille','fr','S','yes','2014-11-11',2700),(6,'Taras','Melnyk','Lviv','uk','F',NULL,'2022-06-15',2000),
(7,'Yuki','Arai','Osaka','ja','F','no','2020-04-06',1600),(8,'Beatriz','Moura','Porto','pt','S','no','2021-07-19',2600),(9,'Anna','Keller','Graz','de','F','yes','2017-03-28',2100),
(10,'Omar','Saleh','Lille','ar','F','yes','2023-02-14',1900),(11,'Edward','Moore','Leeds','en','F','no','2023-10-09',2400);
INSERT INTO tb_pair VALUES
(1,1,'en','de',0.16,'2012-03-01'),(2,1,'fr','de',0.17,'2013-06-10'),(3,2,'de','en',0.12,NULL),(4,2,'fr','en',0.125,NULL),(5,3,'en','pl',0.09,'2018-09-20'),(6,3,'de','pl',0.1,'2019-02-02'),
(7,4,'en','el',0.11,'2019-02-15'),(8,5,'en','fr',0.15,'2014-12-01'),(9,5,'de','fr',0.155,'2015-01-15'),(10,5,'pt','fr',0.14,'2021-09-30'),(11,6,'en','uk',0.08,'2022-07-01'),(12,6,'pl','uk',0.085,NULL),
(13,7,'en','ja',0.18,'2020-05-01'),(14,8,'en','pt',0.13,'2021-08-01'),(15,9,'en','de',0.14,'2017-04-12'),(16,9,'pl','de',0.145,'2017-05-02'),(17,10,'fr','ar',0.15,'2023-03-01'),(18,11,'de','en',0.11,'2023-10-20'),(19,9,'de','sv',0.15,'2018-01-09');
INSERT INTO tb_client VALUES
(1,'Alpine Pumps','engineering','Basel','Vera Stone',5),(2,'Medisan Pharma','pharma','Graz','Vera Stone',7.5),(3,'Kestrel Law','legal','Leeds','Jon Abbey',0),
(4,'Azur Travel','tourism','Nice','Jon Abbey',3),(5,'Baltic Boats','engineering','Gdansk','Mira Tan',0),(6,'Osaka Games','software','Osaka','Mira Tan',10),(7,'City of Lille','public','Lille',NULL,NULL),(8,'Green Tile','engineering','Porto','Vera Stone',2);
INSERT INTO tb_job VALUES
(301,1,'Pump manual X2','technical','de','en',12400,2,1,'2022-09-05','2022-09-19','2022-09-18','delivered',8.5),
(302,1,'Safety sheet','technical','en','pl',2100,3,9,'2022-10-10','2022-10-13','2022-10-13','delivered',9),
(303,2,'Patient leaflet','medical','en','de',3300,1,9,'2022-11-02','2022-11-07','2022-11-09','delivered',9.4),
(304,3,'Lease contract','legal','fr','en',5600,2,5,'2023-01-16','2023-01-23','2023-01-25','delivered',7.8),
(305,4,'Riviera brochure','marketing','fr','de',1900,1,5,'2023-02-20','2023-02-24','2023-02-23','delivered',8.9),
(306,2,'Clinical study report','medical','en','fr',18700,5,NULL,'2023-03-13','2023-04-14','2023-04-20','delivered',6.9),
(307,5,'Yacht catalogue','marketing','en','de',7200,9,1,'2023-05-08','2023-05-22','2023-05-19','delivered',8.1),
(308,6,'Puzzle game strings','software','en','ja',9800,7,NULL,'2023-06-26','2023-07-14','2023-07-14','delivered',9.1),
(309,6,'Puzzle game strings','software','en','pt',9800,8,5,'2023-06-26','2023-07-14','2023-07-17','delivered',7.4),
(310,6,'Puzzle game strings','software','en','de',9800,9,1,'2023-06-26','2023-07-14','2023-07-12','delivered',8.8),
(311,7,'Welcome guide','public','fr','ar',4100,10,NULL,'2023-09-11','2023-09-29','2023-09-27','delivered',NULL),
(312,3,'Court ruling','legal','de','en',6500,2,1,'2023-10-30','2023-11-10','2023-11-14','delivered',8.2),
(313,2,'Device label','medical','en','el',450,4,NULL,'2023-12-04','2023-12-06','2023-12-05','delivered',8),
(314,5,'Dealer agreement','legal','de','pl',5200,3,9,'2024-01-22','2024-02-02','2024-02-02','delivered',9.2),
(315,1,'Pump manual X3','technical','de','en',19800,11,2,'2024-03-04','2024-03-25','2024-03-28','delivered',7.1),
(316,4,'Hotel website','marketing','en','pt',8600,8,NULL,'2024-04-15','2024-05-06',NULL,'in review',NULL),
(317,7,'School forms','public','en','uk',1500,6,3,'2024-04-22','2024-04-30',NULL,'in progress',NULL),
(318,2,'Patient leaflet','medical','en','fi',3400,NULL,NULL,'2024-05-02','2024-05-17',NULL,'new',NULL),
(319,3,'Witness statement','legal','pl','de',2700,9,3,'2024-02-12','2024-02-16',NULL,'cancelled',NULL),
(320,2,'Patient leaflet','medical','en','de',3300,1,9,'2024-05-02','2024-05-14',NULL,'in progress',NULL);
INSERT INTO tb_invoice VALUES
(9001,1,'2022-10-31','2022-11-30','2022-11-21',2105.5,168.44,'CHF'),(9002,2,'2022-11-30','2022-12-30','2023-01-15',620,124,'EUR'),(9003,3,'2023-01-31','2023-03-02','2023-02-20',890,178,'GBP'),
(9004,4,'2023-02-28','2023-03-30','2023-03-30',410,82,'EUR'),(9005,2,'2023-04-30','2023-05-30','2023-06-12',3550,710,'EUR'),(9006,5,'2023-05-31','2023-06-30','2023-06-18',1240,0,'EUR'),
(9007,6,'2023-07-31','2023-08-30','2023-08-04',5390,0,'JPY'),(9008,7,'2023-10-15','2023-11-14',NULL,800,160,'EUR'),(9009,3,'2023-11-30','2023-12-30',NULL,1010,202,'GBP'),
(9010,2,'2023-12-31','2024-01-30',NULL,95,19,'EUR'),(9011,5,'2024-02-29','2024-03-30','2024-04-10',720,0,'EUR'),(9012,1,'2024-04-05','2024-05-05',NULL,1905,152.4,'CHF');
INSERT INTO tb_invoice_line VALUES
(9001,301,1820.5,0),(9001,302,285,1),(9002,303,620,0),(9003,304,890,0),(9004,305,410,1),(9005,306,3550,0),(9006,307,1240,0),(9007,308,2350,0),(9007,309,1490,0),(9007,310,1550,0),(9008,311,800,0),(9009,312,1010,1),(9010,313,95,1),(9011,314,720,0),(9012,315,1905,0);

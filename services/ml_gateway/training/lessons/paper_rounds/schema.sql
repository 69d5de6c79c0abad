CREATE TABLE title (
  ttl_id INTEGER PRIMARY KEY,
  ttl_name TEXT,
  ttl_freq TEXT,
  ttl_lang TEXT,
  ttl_price DECIMAL(5,2)
);
CREATE TABLE carrier (
  car_id INTEGER PRIMARY KEY,
  car_fname TEXT,
  car_lname TEXT,
  car_dob DATE,
  car_gender TEXT,
  car_start DATE,
  car_end DATE,
  car_vehicle TEXT,
  car_wage DECIMAL(6,2)
);
CREATE TABLE round (
  rnd_no INTEGER PRIMARY KEY,
  rnd_district TEXT,
  rnd_km REAL,
  rnd_regular INTEGER REFERENCES carrier(car_id),
  rnd_standin INTEGER REFERENCES carrier(car_id)
);
CREATE TABLE household (
  hh_id INTEGER PRIMARY KEY,
  hh_name TEXT,
  hh_street TEXT,
  hh_rnd_no INTEGER REFERENCES round(rnd_no),
  hh_since DATE,
  hh_pay TEXT
);
CREATE TABLE subscription (
  hh_id INTEGER,
  ttl_id INTEGER,
  sub_from DATE,
  sub_to DATE,
  copies INTEGER,
  PRIMARY KEY (hh_id, ttl_id),
  FOREIGN KEY (hh_id) REFERENCES household(hh_id),
  FOREIGN KEY (ttl_id) REFERENCES title(ttl_id)
);
CREATE TABLE complaint (
  cmp_id INTEGER PRIMARY KEY,
  hh_id INTEGER REFERENCES household(hh_id),
  ttl_id INTEGER REFERENCES title(ttl_id),
  car_id INTEGER REFERENCES carrier(car_id),
  cmp_date DATE,
  cmp_type TEXT,
  solved_date DATE,
  refund DECIMAL(6,2)
);
INSERT INTO title VALUES (1,'Morning Courier','daily','en',1.90),(2,'Evening Lantern','daily','en',1.60),(3,'Farm and Field','weekly','en',3.40),(4,'Le Petit Canal','weekly','fr',3.90),(5,'Chess Quarterly','quarterly','en',8.50),(6,'The Young Reader','monthly','en',4.20),(7,'Sailing Post','monthly','en',5.75),(8,'Market Gazette','weekly','en',NULL);
INSERT INTO carrier VALUES
 (1,'Alf','Tanner','1961-04-03','M','2010-05-01',NULL,'bicycle',13.20),(2,'Bea','Holm','1988-09-17','F','2017-10-15',NULL,'moped',12.80),(3,'Cem','Aksoy','2003-01-29','M','2022-03-01',NULL,'bicycle',11.90),(4,'Dora','Tanner','1999-12-08','F','2021-07-12','2023-11-30','on foot',11.50),
 (5,'Egon','Pfister','1956-06-21','M','2005-02-01',NULL,'car',14.60),(6,'Faye','Lock','2004-08-14','F','2023-09-04',NULL,'bicycle',11.70),(7,'Gus','Marlin','1979-03-25','M','2019-01-07','2024-02-29','moped',12.60),(8,'Hana','Ito','1993-11-11','F','2024-03-11',NULL,NULL,11.60),(9,'Ivo','Lock','2005-05-05','M','2024-06-01',NULL,'on foot',11.40);
INSERT INTO round VALUES (10,'Old Port',4.2,1,3),(11,'Old Port',3.1,3,6),(12,'Castle Hill',6.8,2,5),(13,'Westfield',9.5,5,2),(14,'Westfield',8.7,5,1),(15,'Canal Side',5.0,6,NULL),(16,'Station',2.4,8,3),(17,'University',3.9,NULL,6);
INSERT INTO household VALUES
 (1,'Abbott','Quay Street',10,'2012-03-01','debit'),(2,'Bruni','Quay Street',10,'2020-08-15','invoice'),(3,'Carver','Net Lane',11,'2019-01-20','debit'),(4,'Dietz','Tower Road',12,'2022-06-06','debit'),(5,'Ellery','Tower Road',12,'2023-02-11','card'),(6,'Faber','Mill Way',13,'2015-11-02','invoice'),
 (7,'Gould','Mill Way',13,'2023-09-25','debit'),(8,'Haller','Birch Avenue',14,'2021-05-30','card'),(9,'Iveson','Lock Street',15,'2024-01-14','debit'),(10,'Carver','Lock Street',15,'2018-12-03','invoice'),(11,'Jansen','Station Square',16,'2024-04-22',NULL),(12,'Kemp','Birch Avenue',14,'2022-10-10','debit'),(13,'Lovell','Net Lane',NULL,'2024-07-08','card'),(14,'Moss','Net Lane',11,'2021-03-03','debit');
INSERT INTO subscription VALUES
 (1,1,'2012-03-01',NULL,1),(1,7,'2019-06-01',NULL,1),(2,1,'2020-08-15',NULL,1),(2,4,'2021-01-01','2023-12-31',1),(3,2,'2019-01-20',NULL,1),(4,1,'2022-06-06',NULL,2),(4,6,'2023-03-01',NULL,1),(5,2,'2023-02-11','2024-02-10',1),(6,3,'2015-11-02',NULL,1),(6,1,'2016-02-01',NULL,3),(6,8,'2017-04-01',NULL,1),
 (7,3,'2023-09-25',NULL,1),(8,1,'2021-05-30',NULL,1),(8,2,'2022-01-03',NULL,1),(9,4,'2024-01-14',NULL,2),(10,1,'2018-12-03','2024-06-30',1),(10,3,'2020-05-05',NULL,1),(11,6,'2024-04-22',NULL,4),(12,2,'2022-10-10',NULL,1),(13,7,'2024-07-08',NULL,1);
INSERT INTO complaint VALUES
 (1,4,1,2,'2023-01-16','late','2023-01-17',0),(2,3,2,4,'2023-02-02','missing','2023-02-06',3.20),(3,3,2,4,'2023-04-19','missing','2023-04-20',1.60),(4,6,1,5,'2023-07-31','wet',NULL,NULL),(5,8,1,7,'2023-10-05','missing','2023-10-09',5.70),(6,2,4,1,'2023-11-13','late','2023-11-13',0),
 (7,5,2,2,'2024-01-08','wrong paper','2024-01-10',1.60),(8,10,1,6,'2024-02-20','late','2024-02-27',1.90),(9,9,4,6,'2024-03-04','missing','2024-03-08',7.80),(10,8,2,7,'2024-02-12','wet','2024-02-12',1.60),(11,12,2,5,'2024-05-21','missing',NULL,NULL),(12,11,6,8,'2024-06-18','late','2024-06-19',0),(13,9,4,6,'2024-07-15','missing','2024-07-16',3.90);

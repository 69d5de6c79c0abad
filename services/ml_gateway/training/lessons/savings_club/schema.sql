CREATE TABLE circles (
  id INTEGER PRIMARY KEY,
  title TEXT,
  region TEXT,
  started DATE,
  weekly_share INTEGER,
  treasurer_id INTEGER
);
CREATE TABLE savers (
  id INTEGER PRIMARY KEY,
  full_name TEXT,
  gender TEXT,
  dob DATE,
  phone TEXT,
  trade TEXT,
  circle_id INTEGER,
  referred_by INTEGER,
  FOREIGN KEY (circle_id) REFERENCES circles(id)
);
CREATE TABLE deposits (
  id INTEGER PRIMARY KEY,
  saver_id INTEGER,
  dep_date DATE,
  amt INTEGER,
  channel TEXT,
  FOREIGN KEY (saver_id) REFERENCES savers(id)
);
CREATE TABLE microloans (
  id INTEGER PRIMARY KEY,
  saver_id INTEGER,
  guarantor_id INTEGER,
  amt INTEGER,
  rate_pct REAL,
  paid_out DATE,
  due DATE,
  settled DATE,
  use_of_funds TEXT,
  FOREIGN KEY (saver_id) REFERENCES savers(id),
  FOREIGN KEY (guarantor_id) REFERENCES savers(id)
);
CREATE TABLE instalments (
  loan_id INTEGER,
  seq INTEGER,
  pay_date DATE,
  amt INTEGER,
  fine INTEGER,
  PRIMARY KEY (loan_id, seq),
  FOREIGN KEY (loan_id) REFERENCES microloans(id)
);
INSERT INTO circles VALUES
(1,'Sunrise Women','Lakeside','2019-05-06',20,3),(2,'Market Friends','Central','2020-02-10',50,5),(3,'River Bend','Lakeside','2021-09-20',15,9),(4,'Tailors United','Hilltop','2022-01-17',30,11),(5,'New Hope','Hilltop','2024-07-01',10,NULL);
INSERT INTO savers VALUES
(1,'Achieng Otim','F','1984-03-02','0771-100','fish trader',1,NULL),(2,'Grace Nambi','F','1990-11-19','0771-101','tailor',1,1),(3,'Beatrice Akol','F','1976-06-30',NULL,'farmer',1,1),
(4,'Peter Ssali','M','1988-01-25','0771-103','butcher',2,NULL),(5,'Ruth Kato','F','1981-08-08','0771-104','grocer',2,4),(6,'Moses Kato','M','1979-12-14','0771-105','grocer',2,5),
(7,'Amina Juma','F','1998-04-17',NULL,'hairdresser',2,5),(8,'John Wafula','M','1965-10-03','0771-107','fisherman',3,NULL),(9,'Esther Wafula','F','1969-02-21','0771-108','farmer',3,8),
(10,'Sam Lule','M','2001-07-12','0771-109','boda rider',3,4),(11,'Jane Tendo','F','1987-05-29','0771-110','tailor',4,2),(12,'Isaac Tendo','M','1985-09-09','0771-111','tailor',4,11),(13,'Mary Apio','F','1994-12-01',NULL,'tailor',4,NULL),(14,'Daniel Opio','M',NULL,'0771-113','farmer',NULL,8);
INSERT INTO deposits VALUES
(1,1,'2023-01-09',40,'cash'),(2,1,'2023-02-13',60,'cash'),(3,2,'2023-01-09',20,'mobile'),(4,3,'2023-03-06',80,'cash'),(5,4,'2023-03-13',150,'mobile'),(6,5,'2023-03-13',100,'mobile'),
(7,6,'2023-06-19',50,'cash'),(8,5,'2023-09-25',250,'bank'),(9,8,'2023-10-02',15,'cash'),(10,9,'2023-10-02',45,'cash'),(11,10,'2023-12-11',30,'mobile'),(12,11,'2024-01-15',90,'mobile'),
(13,12,'2024-01-15',60,'cash'),(14,1,'2024-02-05',100,'mobile'),(15,4,'2024-03-11',220,'mobile'),(16,13,'2024-04-08',30,'mobile'),(17,2,'2024-05-20',55,'mobile'),(18,9,'2024-06-03',75,'cash'),(19,11,'2024-08-26',120,'bank'),(20,7,'2024-09-02',50,'mobile');
INSERT INTO microloans VALUES
(1,1,3,500,10,'2022-11-07','2023-05-07','2023-04-24','smoking oven'),(2,4,5,1200,8,'2022-12-05','2023-12-05','2024-01-22','freezer'),(3,2,1,300,10,'2023-02-20','2023-08-20','2023-08-14','sewing machine'),
(4,6,5,800,8,'2023-07-03','2024-01-03',NULL,'shop roof'),(5,8,9,150,12,'2023-10-09','2024-02-09','2024-02-01','nets'),(6,11,12,650,9,'2024-02-12','2024-10-12',NULL,'sewing machine'),
(7,1,2,900,10,'2024-03-04','2024-12-04',NULL,'delivery bike'),(8,10,8,1500,12,'2024-03-25','2025-03-25',NULL,'motorbike'),(9,12,2,400,9,'2024-05-13','2024-11-13','2024-09-30','cloth stock'),(10,5,NULL,250,8,'2024-06-17','2024-09-17','2024-09-10','scales'),(11,9,10,200,12,'2024-07-15','2025-01-15',NULL,'seeds');
INSERT INTO instalments VALUES
(1,1,'2023-01-09',200,0),(1,2,'2023-03-13',200,0),(1,3,'2023-04-24',150,0),(2,1,'2023-04-10',400,0),(2,2,'2023-09-04',400,15),(2,3,'2024-01-22',496,40),(3,1,'2023-05-15',150,0),(3,2,'2023-08-14',180,0),
(4,1,'2023-11-20',250,10),(4,2,'2024-03-18',200,25),(5,1,'2024-02-01',168,0),(6,1,'2024-06-10',300,0),(7,1,'2024-07-08',350,0),(8,1,'2024-08-19',320,20),(9,1,'2024-09-30',436,0),(10,1,'2024-09-10',270,NULL);

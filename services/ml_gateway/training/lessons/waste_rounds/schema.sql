CREATE TABLE district (
  dist_code TEXT PRIMARY KEY,
  dist_name TEXT,
  inhabitants INTEGER,
  area_sqkm REAL
);
CREATE TABLE bin (
  bin_id INTEGER PRIMARY KEY,
  bin_street TEXT,
  bin_house_no TEXT,
  dist_code TEXT,
  bin_type TEXT,
  bin_litres INTEGER,
  bin_installed DATE,
  bin_state TEXT
);
CREATE TABLE truck (
  trk_id INTEGER PRIMARY KEY,
  trk_plate TEXT,
  trk_make TEXT,
  trk_fuel TEXT,
  trk_capacity_kg INTEGER,
  trk_year TEXT,
  trk_last_check DATE
);
CREATE TABLE crew (
  crew_id INTEGER PRIMARY KEY,
  crew_fname TEXT,
  crew_lname TEXT,
  crew_job TEXT,
  crew_since DATE,
  crew_phone TEXT
);
CREATE TABLE round (
  rnd_id INTEGER PRIMARY KEY,
  rnd_label TEXT,
  dist_code TEXT,
  rnd_weekday TEXT,
  waste_type TEXT,
  rnd_km REAL,
  FOREIGN KEY (dist_code) REFERENCES district(dist_code)
);
CREATE TABLE trip (
  trip_id INTEGER PRIMARY KEY,
  rnd_id INTEGER,
  trk_id INTEGER,
  driver_id INTEGER,
  loader_id INTEGER,
  trip_date DATE,
  trip_kg INTEGER,
  trip_minutes INTEGER,
  trip_done TEXT,
  FOREIGN KEY (rnd_id) REFERENCES round(rnd_id),
  FOREIGN KEY (trk_id) REFERENCES truck(trk_id),
  FOREIGN KEY (driver_id) REFERENCES crew(crew_id),
  FOREIGN KEY (loader_id) REFERENCES crew(crew_id)
);
CREATE TABLE complaint (
  cpl_id INTEGER PRIMARY KEY,
  bin_id INTEGER,
  rnd_id INTEGER,
  cpl_received DATE,
  cpl_closed DATE,
  cpl_reason TEXT,
  cpl_channel TEXT,
  cpl_citizen TEXT
);
INSERT INTO district VALUES
('N1','Northgate',8400,3.2),('O2','Old Docks',5150,1.9),('S3','Southfield',12300,6.7),
('W4','Weir Quarter',9700,4.1),('H5','Highmoor',2100,11.5);
INSERT INTO bin VALUES
(1,'Cooper Street','1','N1','R',240,'2021-03-04','ok'),
(2,'Cooper Street','1','N1','P',240,'2021-03-04','ok'),
(3,'Cooper Street','14a','N1','R',120,'2022-05-10','damaged'),
(4,'Ropewalk','7','O2','R',1100,'2020-09-21','ok'),
(5,'Ropewalk','7','O2','G',1800,'2020-09-21','ok'),
(6,'Tar Lane','33','O2','O',120,'2023-04-17','missing'),
(7,'Meadow Way','2','S3','R',240,'2022-01-11','ok'),
(8,'Meadow Way','2','S3','O',120,'2023-04-18','ok'),
(9,'Meadow Way','19','S3','P',240,NULL,'damaged'),
(10,'Station Road','50','S3','R',1100,'2019-10-02','ok'),
(11,'Station Road','50','S3','P',1100,'2019-10-02','ok'),
(12,'Mill Race','8','W4','R',120,'2024-02-26','ok'),
(13,'Mill Race','10','W4','O',80,'2024-02-26','ok'),
(14,'Station Road','4','W4','R',240,NULL,'damaged'),
(15,'Lock Terrace','5b','W4','P',240,'2022-11-30','ok'),
(16,'Ferry Steps','3','O2','R',240,'2023-08-07','ok');
INSERT INTO truck VALUES
(1,'WM-101','Hallert','diesel',9000,'2014','2024-01-20'),
(2,'WM-102','Hallert','diesel',11000,'2016','2023-11-05'),
(3,'WM-103','Tigo','gas',10000,'2018','2024-03-12'),
(4,'WM-104','Voltra','electric',8000,'2022','2024-05-02'),
(5,'WM-105','Voltra','electric',8500,'2023',NULL),
(6,'WM-090','Hallert','diesel',7500,'2009','2022-06-30'),
(7,'WM-091','Tigo','gas',6000,'2011','2023-02-14'),
(8,'WM-106','Orsen','diesel',12000,'2024',NULL);
INSERT INTO crew VALUES
(1,'Bernt','Aalto','driver','2008-05-01','555-0101'),
(2,'Cécile','Moreau','driver','2015-09-14','555-0102'),
(3,'Dimo','Petrov','loader','2017-02-01',NULL),
(4,'Ella','Aalto','loader','2020-07-20','555-0104'),
(5,'Femi','Ade','driver','2021-03-15','555-0105'),
(6,'Gus','Rooney','loader','2022-10-03',NULL),
(7,'Hana','Kral','driver','2023-01-09','555-0107'),
(8,'Igor','Petrov','loader','2023-06-26','555-0108'),
(9,'Jonas','Weil','mechanic','2012-04-02','555-0109'),
(10,'Kira','Oduya','driver','2024-08-01',NULL);
INSERT INTO round VALUES
(1,'Northgate residual','N1','Monday','R',18.5),
(2,'Northgate paper','N1','Thursday','P',16.2),
(3,'Docks residual','O2','Tuesday','R',11.4),
(4,'Docks glass','O2','Friday','G',7.9),
(5,'Southfield residual','S3','Monday','R',29.3),
(6,'Southfield organic','S3','Wednesday','O',27.8),
(7,'Southfield paper','S3','Thursday','P',25.1),
(8,'Weir residual','W4','Tuesday','R',21.6),
(9,'Weir organic','W4','Wednesday','O',20.4);
INSERT INTO trip VALUES
(1,1,1,1,3,'2023-01-09',6200,310,'yes'),(2,3,2,2,4,'2023-01-10',5400,255,'yes'),
(3,5,3,1,3,'2023-03-06',8800,402,'yes'),(4,5,2,2,6,'2023-03-13',9450,418,'yes'),
(5,2,4,5,4,'2023-05-04',3100,270,'yes'),(6,6,4,5,3,'2023-06-14',4700,350,'yes'),
(7,8,1,7,6,'2023-06-20',7100,333,'yes'),(8,9,6,7,8,'2023-07-12',2900,120,'no'),
(9,1,2,1,8,'2023-10-02',6650,322,'yes'),(10,7,3,2,3,'2023-11-16',4200,295,'yes'),
(11,4,7,5,6,'2023-12-01',5100,180,'yes'),(12,3,1,1,4,'2024-01-16',5600,262,'yes'),
(13,5,2,1,3,'2024-02-12',9700,431,'yes'),(14,8,5,7,8,'2024-02-20',NULL,45,'no'),
(15,6,4,5,4,'2024-03-20',5200,361,'yes'),(16,1,3,2,6,'2024-04-08',6900,318,'yes'),
(17,2,5,7,8,'2024-05-16',3350,266,'yes'),(18,5,2,1,NULL,'2024-06-10',7800,520,'yes'),
(19,8,1,2,3,'2024-07-02',7420,341,'yes'),(20,3,4,5,4,'2024-07-09',5230,249,'yes');
INSERT INTO complaint VALUES
(1,1,1,'2023-01-11','2023-01-13','not emptied','phone','Mrs Tilley'),
(2,6,NULL,'2023-05-02',NULL,'bin missing','web','Mr Osei'),
(3,3,1,'2023-06-21','2023-07-30','bin broken','web','Mr Finch'),
(4,7,5,'2023-03-14','2023-03-15','noise','phone','Ms Duarte'),
(5,13,9,'2024-03-13','2024-03-20','not emptied','app','Mr Holm'),
(6,14,8,'2024-02-21','2024-02-23','not emptied','app','Mrs Brandt'),
(7,14,8,'2024-02-22',NULL,'not emptied','phone','Mrs Brandt'),
(8,9,7,'2023-11-17',NULL,'bin broken','web','Ms Duarte'),
(9,10,5,'2024-06-11','2024-06-12','spilled waste','app','Mr Lunt'),
(10,4,3,'2024-01-17','2024-02-02','noise','letter','Mr Osei'),
(11,12,8,'2024-07-03','2024-07-05','spilled waste','app','Mrs Brandt'),
(12,NULL,6,'2024-03-21',NULL,'noise','phone',NULL),
(13,1,1,'2024-04-09','2024-04-10','not emptied','web','Mrs Tilley'),
(14,15,8,'2024-07-03',NULL,'noise','phone','Mr Holm');

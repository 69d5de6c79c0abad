CREATE TABLE locker_sites (
  site_cd TEXT PRIMARY KEY,
  site_desc TEXT,
  district TEXT,
  installed_yr TEXT,
  host_partner_id INTEGER
);
CREATE TABLE partners (
  id INTEGER PRIMARY KEY,
  partner_name TEXT,
  trade TEXT,
  rent_eur REAL
);
CREATE TABLE compartments (
  comp_id INTEGER PRIMARY KEY,
  site_cd TEXT,
  size_cd TEXT,
  status TEXT
);
CREATE TABLE recipients (
  id INTEGER PRIMARY KEY,
  fname TEXT,
  lname TEXT,
  dob DATE,
  district TEXT,
  app_user TEXT
);
CREATE TABLE drop_offs (
  id INTEGER PRIMARY KEY,
  comp_id INTEGER,
  recipient_id INTEGER,
  merchant TEXT,
  dropped DATETIME,
  picked_up DATETIME,
  fee REAL
);
CREATE TABLE complaints (
  id INTEGER PRIMARY KEY,
  drop_off_id INTEGER,
  reason TEXT,
  raised DATE,
  refund REAL
);
INSERT INTO partners VALUES (1,'Kiosk Lehmann','newsagent',120),(2,'Fuchs Petrol','petrol station',210),(3,'Nordmarkt','supermarket',340),(4,'Apotheke am Tor','pharmacy',95.5),(5,'Grünwald Laundry','laundry',80);
INSERT INTO locker_sites VALUES
('A01','Station forecourt','Altstadt','2019',NULL),('A02','Lehmann wall','Altstadt','2021',1),('B01','Fuchs car wash','Hafen','2020',2),('B02','Fuchs bypass','Sued','2022',2),
('C01','Nordmarkt entrance','Nord','2021',3),('C02','Nordmarkt garage','Nord','2023',3),('D01','City gate','Altstadt','2022',4),('E01','Ferry pier','Hafen','2024',NULL);
INSERT INTO compartments VALUES
(1,'A01','S','ok'),(2,'A01','M','ok'),(3,'A01','L','broken'),(4,'A02','S','ok'),(5,'A02','S','ok'),(6,'B01','M','ok'),(7,'B01','L','ok'),(8,'B02','M','locked'),
(9,'C01','S','ok'),(10,'C01','M','ok'),(11,'C01','L','ok'),(12,'C01','XL','ok'),(13,'C02','M','broken'),(14,'C02','L','ok'),(15,'D01','S','ok');
INSERT INTO recipients VALUES
(1,'Anke','Bruns','1990-02-14','Altstadt','Y'),(2,'Deniz','Kaya','1985-08-30','Nord','Y'),(3,'Jörn','Petersen','1962-12-01','Hafen','N'),(4,'Anke','Sommer','1999-05-22','Sued','Y'),
(5,'Malik','Diallo','2001-10-09','Nord','Y'),(6,'Helga','Petersen','1948-03-03','Hafen','N'),(7,'Timo','Rasch','1978-07-17','Altstadt','N'),(8,'Zuzana','Horak','1994-11-26','Nord','Y'),(9,'Okan','Kaya',NULL,'West','Y'),(10,'Birte','Jans','1988-01-31','Sued','N');
INSERT INTO drop_offs VALUES
(1,1,1,'Shoebarn','2023-01-16 09:20:00','2023-01-16 18:05:00',2.50),(2,9,2,'Bookery','2023-02-03 11:00:00','2023-02-04 08:10:00',2.50),(3,12,2,'Gardenia','2023-04-11 10:10:00','2023-04-15 17:30:00',6.00),
(4,6,3,'Shoebarn','2023-05-20 14:45:00','2023-05-27 10:00:00',3.50),(5,4,1,'Teatime','2023-06-08 08:50:00','2023-06-08 19:40:00',2.50),(6,10,5,'Shoebarn','2023-09-12 13:00:00','2023-09-13 07:15:00',3.50),
(7,8,4,'Bookery','2023-10-30 16:20:00',NULL,3.50),(8,11,8,'Gardenia','2023-12-14 09:35:00','2023-12-15 12:00:00',4.80),(9,2,7,'Teatime','2023-12-20 12:25:00','2023-12-23 09:05:00',3.50),
(10,9,5,'Bookery','2024-01-17 10:40:00','2024-01-17 20:00:00',2.70),(11,14,2,'Velomax','2024-02-21 15:15:00','2024-02-23 18:45:00',5.00),(12,7,3,'Velomax','2024-03-06 11:30:00',NULL,5.00),
(13,9,1,'Bookery','2024-03-19 09:00:00','2024-03-20 17:10:00',2.70),(14,1,7,'Shoebarn','2024-04-25 13:55:00','2024-04-25 16:30:00',2.70),(15,10,8,'Teatime','2024-05-15 10:05:00','2024-05-18 11:20:00',3.70),
(16,6,6,'Pillbox',  '2024-06-03 08:15:00','2024-06-10 09:50:00',3.70),(17,2,1,'Velomax','2024-06-28 17:45:00','2024-06-29 10:30:00',NULL),(18,4,8,'Wollecke','2024-07-02 09:05:00','2024-07-03 18:15:00',2.70);
INSERT INTO complaints VALUES
(1,3,'damaged','2023-04-16',12.00),(2,4,'door jammed','2023-05-22',3.50),(3,7,'wrong site','2023-11-02',NULL),(4,7,'no code received','2023-11-08',3.50),(5,9,'door jammed','2023-12-21',0),
(6,12,'wrong site','2024-03-09',5.00),(7,15,'damaged','2024-05-19',25.00),(8,16,'no code received','2024-06-05',NULL),(9,14,'damaged','2024-04-27',4.00);

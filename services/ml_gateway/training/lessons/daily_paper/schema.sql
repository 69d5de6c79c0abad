CREATE TABLE section (
  sec_code TEXT PRIMARY KEY,
  sec_name TEXT,
  chief_staff_no INTEGER
);
CREATE TABLE staff (
  staff_no INTEGER PRIMARY KEY,
  staff_name TEXT,
  staff_role TEXT,
  office_city TEXT,
  joined DATE,
  freelance INTEGER,
  boss_no INTEGER REFERENCES staff(staff_no)
);
CREATE TABLE issue (
  issue_no INTEGER PRIMARY KEY,
  issue_date DATE,
  edition TEXT,
  pages INTEGER,
  copies_printed INTEGER,
  copies_sold INTEGER,
  cover_price DECIMAL(4,2)
);
CREATE TABLE article (
  art_id INTEGER PRIMARY KEY,
  headline TEXT,
  issue_no INTEGER REFERENCES issue(issue_no),
  sec_code TEXT REFERENCES section(sec_code),
  editor_no INTEGER REFERENCES staff(staff_no),
  page_no INTEGER,
  word_count INTEGER,
  online_views INTEGER
);
CREATE TABLE byline (
  art_id INTEGER REFERENCES article(art_id),
  staff_no INTEGER REFERENCES staff(staff_no),
  PRIMARY KEY (art_id, staff_no)
);
CREATE TABLE advertiser (
  adv_id INTEGER PRIMARY KEY,
  adv_name TEXT,
  branch TEXT,
  city TEXT,
  discount_pct REAL
);
CREATE TABLE advert (
  ad_id INTEGER PRIMARY KEY,
  adv_id INTEGER REFERENCES advertiser(adv_id),
  issue_no INTEGER REFERENCES issue(issue_no),
  size TEXT,
  in_colour TEXT,
  net_price INTEGER,
  paid_on DATE
);
CREATE TABLE subscriber (
  sub_id INTEGER PRIMARY KEY,
  sub_name TEXT,
  city TEXT,
  plan TEXT,
  started DATE,
  ended DATE,
  monthly_fee DECIMAL(5,2),
  recruited_by INTEGER REFERENCES subscriber(sub_id)
);
INSERT INTO staff VALUES
 (1,'Agnes Thorne','editor in chief','Bristol','2008-01-07',0,NULL),(2,'Malik Rahman','editor','Bristol','2013-04-15',0,1),(3,'Fiona Beck','editor','Cardiff','2016-09-01',0,1),
 (4,'Desmond Clay','reporter','Bristol','2018-02-12',0,2),(5,'Yara Salim','reporter','Cardiff','2020-06-08',0,3),(6,'Luke Penrose','reporter','Exeter','2021-10-04',1,2),
 (7,'Irene Walsh','photographer','Bristol','2015-05-18',0,1),(8,'Theo Marsh','columnist','London','2019-03-25',1,3),(9,'Nadia Clay','reporter','Bristol','2022-08-22',0,2),
 (10,'Gil Osborne','reporter','London','2023-11-13',1,NULL),(11,'Petra Young','editor','Exeter','2024-01-15',0,1);
INSERT INTO section VALUES ('POL','Politics',2),('SPO','Sport',3),('CUL','Culture',3),('ECO','Economy',2),('LOC','Local News',11),('SCI','Science',NULL),('TRV','Travel',NULL);
INSERT INTO issue VALUES
 (2101,'2023-01-14','weekend',64,42000,36500,2.80),(2102,'2023-03-06','weekday',40,30000,24100,1.90),(2103,'2023-06-17','weekend',72,43500,40200,2.80),(2104,'2023-09-19','weekday',44,31000,22800,1.90),
 (2105,'2023-12-24','special',96,52000,49900,3.60),(2106,'2024-02-10','weekend',60,41000,33700,3.00),(2107,'2024-04-02','weekday',36,28500,21900,2.00),(2108,'2024-05-25','weekend',68,41500,35400,3.00),
 (2109,'2024-07-08','weekday',38,27900,23650,2.00),(2110,'2024-09-01','special',84,45000,NULL,3.80);
INSERT INTO article VALUES
 (1,'Harbour plan divides council',2101,'LOC',2,3,850,12400),(2,'Budget vote postponed',2101,'POL',2,1,1100,18950),(3,'City win the cup',2101,'SPO',3,60,700,30200),
 (4,'Rail strike enters third week',2102,'ECO',2,1,960,21500),(5,'A poet comes home',2102,'CUL',3,28,1450,4300),(6,'Summer of open air stages',2103,'CUL',3,34,1800,9100),
 (7,'Housing promise broken',2103,'POL',2,1,1250,27800),(8,'Why bees matter',2103,'SCI',NULL,50,2100,15300),(9,'Factory to close in Exeter',2104,'ECO',2,1,890,19700),
 (10,'Rowers qualify for final',2104,'SPO',3,40,520,6400),(11,'The year in pictures',2105,NULL,3,2,300,41200),(12,'Council elects new leader',2106,'LOC',2,5,780,11150),
 (13,'Budget vote postponed',2106,'POL',2,1,990,16600),(14,'Tide power test succeeds',2107,'SCI',NULL,20,1350,13900),(15,'Derby ends without goals',2108,'SPO',3,62,610,17250),
 (16,'Festival tickets sell out',2108,'CUL',3,30,900,10050),(17,'Harbour plan approved',2109,'LOC',11,1,1020,22300),(18,'Market stalls struggle',2109,'LOC',11,6,670,5200);
INSERT INTO byline VALUES (1,4),(2,4),(2,9),(3,5),(4,6),(4,4),(5,8),(6,8),(6,5),(7,9),(8,6),(9,6),(10,5),(11,7),(12,9),(13,4),(14,6),(15,5),(15,7),(16,8),(17,9),(17,4),(18,9);
INSERT INTO advertiser VALUES (1,'Oakline Kitchens','furniture','Bristol',10.0),(2,'Severn Motors','cars','Cardiff',5.0),(3,'Bluebell Bakery','food','Bristol',NULL),(4,'Castle Insurance','finance','London',12.5),
 (5,'Westway Travel','tourism','Exeter',NULL),(6,'Pryce Opticians','health','Cardiff',7.5),(7,'Moor Cider','food','Exeter',0.0),(8,'Avon Bank','finance','Bristol',15.0);
INSERT INTO advert VALUES
 (1,1,2101,'full','yes',4800,'2023-02-10'),(2,2,2101,'half','yes',2600,'2023-02-28'),(3,4,2102,'quarter','no',900,'2023-03-20'),(4,8,2102,'full','no',3500,'2023-04-01'),
 (5,1,2103,'half','yes',2700,'2023-07-11'),(6,5,2103,'full','yes',4900,'2023-07-30'),(7,2,2104,'quarter','no',850,NULL),(8,3,2105,'quarter','yes',1200,'2024-01-05'),
 (9,8,2105,'full','yes',6100,'2024-01-09'),(10,4,2105,'half','yes',3200,'2024-01-22'),(11,1,2106,'full','yes',4750,'2024-03-01'),(12,5,2107,'quarter','no',880,NULL),
 (13,8,2108,'half','no',2300,'2024-06-14'),(14,2,2108,'full','yes',5050,NULL),(15,7,2109,'quarter','yes',1050,'2024-08-01');
INSERT INTO subscriber VALUES
 (1,'Howard Lyle','Bristol','print','2018-05-01',NULL,32.00,NULL),(2,'Susan Tapp','Cardiff','digital','2021-02-15',NULL,14.00,1),(3,'Devi Nair','Bristol','both','2022-07-01',NULL,38.50,1),
 (4,'Colin Ash','Exeter','print','2019-11-20','2023-10-31',32.00,NULL),(5,'Marie Dupont','London','digital','2023-01-09','2024-01-08',14.00,3),(6,'Ewan Price','Cardiff','digital','2023-04-17',NULL,12.00,2),
 (7,'Beth Lyle','Bristol','digital','2023-08-30',NULL,14.00,1),(8,'Oscar Finn','Plymouth','both','2024-01-22',NULL,38.50,3),(9,'Ruth Amos','Exeter','print','2024-03-03','2024-06-30',33.50,NULL),
 (10,'Jo Pascoe','Plymouth','digital','2024-05-11',NULL,14.00,6),(11,'Hal Winter','Bath','print','2023-12-01',NULL,33.50,4);

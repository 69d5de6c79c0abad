CREATE TABLE pools (
  pool_id INTEGER PRIMARY KEY,
  pool_name VARCHAR(60),
  borough VARCHAR(40),
  opened TEXT,
  length_m INTEGER,
  lanes INTEGER,
  heated TEXT,
  indoor TEXT
);
CREATE TABLE lifeguards (
  lg_id INTEGER PRIMARY KEY,
  lg_firstname TEXT,
  lg_lastname TEXT,
  sex TEXT,
  dob DATE,
  home_pool_id INTEGER,
  hired DATE,
  cert_expires DATE,
  mentor_id INTEGER,
  FOREIGN KEY (home_pool_id) REFERENCES pools(pool_id),
  FOREIGN KEY (mentor_id) REFERENCES lifeguards(lg_id)
);
CREATE TABLE swim_courses (
  course_no INTEGER PRIMARY KEY,
  course_title TEXT,
  skill_level TEXT,
  pool_id INTEGER,
  coach_id INTEGER,
  weekday TEXT,
  begins DATE,
  sessions INTEGER,
  fee DECIMAL(6,2),
  places INTEGER,
  FOREIGN KEY (pool_id) REFERENCES pools(pool_id),
  FOREIGN KEY (coach_id) REFERENCES lifeguards(lg_id)
);
CREATE TABLE swimmers (
  swimmer_id INTEGER PRIMARY KEY,
  swimmer_name TEXT,
  birth_date DATE,
  postcode TEXT,
  guardian_phone TEXT
);
CREATE TABLE enrolments (
  course_no INTEGER,
  swimmer_id INTEGER,
  enrolled_on DATE,
  badge TEXT,
  PRIMARY KEY (course_no, swimmer_id),
  FOREIGN KEY (course_no) REFERENCES swim_courses(course_no),
  FOREIGN KEY (swimmer_id) REFERENCES swimmers(swimmer_id)
);
CREATE TABLE ticket_sales (
  sale_id INTEGER PRIMARY KEY,
  pool_id INTEGER,
  sold_on DATE,
  ticket_type TEXT,
  qty INTEGER,
  unit_price DECIMAL(5,2),
  FOREIGN KEY (pool_id) REFERENCES pools(pool_id)
);
CREATE TABLE incidents (
  incident_id INTEGER PRIMARY KEY,
  pool_id INTEGER,
  lg_id INTEGER,
  happened_at DATETIME,
  kind TEXT,
  severity INTEGER,
  ambulance TEXT,
  FOREIGN KEY (pool_id) REFERENCES pools(pool_id),
  FOREIGN KEY (lg_id) REFERENCES lifeguards(lg_id)
);
INSERT INTO pools VALUES
(1,'Marble Baths','Westbrook','1934',25,5,'Y','Y'),(2,'Lido Park','Southmere','1958',50,8,'N','N'),(3,'Olympia Pool','Eastfield','1996',50,10,'Y','Y'),
(4,'Sunny Cove','Southmere','2012',20,3,'Y','N'),(5,'Kingsway Leisure','Westbrook','1987',25,6,'Y','Y'),(6,'Bluewater','Northgate','2021',33,6,'Y','Y'),(7,'Old Reservoir','Eastfield','1949',75,6,'N','N'),(8,'Hill Street Baths','Dockside','1909',23,NULL,'Y','Y');
INSERT INTO lifeguards VALUES
(1,'Karin','Osei','F','1981-02-18',3,'2008-05-01','2025-03-31',NULL),(2,'Marek','Duda','M','1990-07-07',3,'2015-06-01','2024-06-30',1),
(3,'Tilly','Rowe','F','2001-11-23',1,'2021-07-01','2024-12-31',2),(4,'Sam','Rowe','M','1999-04-15',5,'2019-05-15','2023-10-31',1),
(5,'Igor','Blau','M','1974-09-30',2,'2001-04-01','2025-01-31',NULL),(6,'Noor','Aziz','F','1995-12-05',2,'2018-04-20','2024-04-30',5),
(7,'Pia','Lange','F','2003-06-09',4,'2023-05-10',NULL,6),(8,'Callum','Frey','M','1988-08-26',6,'2021-03-01','2025-08-31',1),
(9,'Ezra','Dunn','M','2002-01-12',NULL,'2023-06-20','2024-08-31',5),(10,'Wanda','Osei','F','1997-10-10',1,'2020-09-01','2025-05-31',1);
INSERT INTO swim_courses VALUES
(501,'Ducklings','beginner',1,3,'Monday','2023-01-09',10,85,8),(502,'Ducklings','beginner',5,4,'Wednesday','2023-01-11',10,85,10),
(503,'Front crawl clinic','intermediate',3,2,'Tuesday','2023-02-07',6,72,12),(504,'Masters training','advanced',3,1,'Thursday','2023-01-05',20,160,16),
(505,'Aqua babies','beginner',6,8,'Friday','2023-04-14',8,96,6),(506,'Water confidence','beginner',1,10,'Saturday','2023-09-02',8,64,8),
(507,'Lifesaving bronze','advanced',6,8,'Sunday','2023-09-10',12,140,10),(508,'Ducklings','beginner',6,3,'Monday','2024-01-08',10,90,8),
(509,'Open water','advanced',2,5,'Saturday','2024-05-11',5,110,14),(510,'Backstroke basics','intermediate',5,10,'Tuesday','2024-02-06',6,74,NULL),
(511,'Water polo taster','intermediate',3,NULL,'Thursday','2024-06-06',4,45,14),
(512,'Water confidence','beginner',2,6,'Sunday','2025-06-01',6,58,8);
INSERT INTO swimmers VALUES
(1,'Ella Nyman','2016-03-04','W1 2AB','600-01'),(2,'Oskar Nyman','2014-08-19','W1 2AB','600-01'),(3,'Zainab Malik','2017-05-27','N4 7QT','600-03'),
(4,'Theo Grant','1984-10-02','E2 9LL',NULL),(5,'Lucy Barker','1971-01-15','E2 3XX',NULL),(6,'Rafael Cruz','2012-12-30','S8 1PE','600-06'),
(7,'Ava Sutton','2019-07-08','N4 1AA','600-07'),(8,'George Tan','1990-06-21','S8 4MN',NULL),(9,'Hana Ito','2015-02-11','W6 5RR','600-09'),
(10,'Milo Petrov','2018-09-17','E2 9LL','600-10'),(11,'Joan Whitby','1958-04-09','W6 2CD',NULL),(12,'Ella Brook','2013-11-01','S1 6TY','600-12'),(13,'Dora Lenz','2009-05-25','N7 3KK','600-13');
INSERT INTO enrolments VALUES
(501,1,'2022-12-10','Seahorse'),(501,9,'2022-12-15','Seahorse'),(501,3,'2023-01-03',NULL),(502,2,'2022-12-20','Seahorse'),(502,10,'2023-01-02',NULL),
(503,4,'2023-01-20','Crawl I'),(503,6,'2023-01-25','Crawl I'),(503,8,'2023-02-01',NULL),(504,4,'2022-12-05','Masters'),(504,5,'2022-12-11','Masters'),
(505,7,'2023-03-30',NULL),(506,11,'2023-08-20','Confidence'),(506,3,'2023-08-28','Confidence'),(507,6,'2023-08-01','Bronze'),(507,8,'2023-08-15','Bronze'),
(507,5,'2023-08-16',NULL),(507,12,'2023-08-30','Bronze'),(508,10,'2023-12-19','Seahorse'),(508,7,'2024-01-04',NULL),(509,4,'2024-04-02',NULL),(509,8,'2024-04-22',NULL),(510,2,'2024-01-30','Back I');
INSERT INTO ticket_sales VALUES
(1,1,'2023-06-03','adult',42,5.5),(2,1,'2023-06-03','child',31,3),(3,2,'2023-06-03','adult',118,4.8),(4,2,'2023-06-03','family',36,12.5),(5,3,'2023-06-10','adult',77,6.2),
(6,3,'2023-06-10','senior',25,4),(7,4,'2023-07-01','child',64,2.8),(8,2,'2023-07-15','adult',205,4.8),(9,2,'2023-07-15','child',160,2.5),(10,5,'2023-07-15','family',18,13),
(11,6,'2023-11-04','adult',39,6.5),(12,6,'2023-11-04','senior',14,4.2),(13,1,'2023-12-02','senior',22,3.6),(14,3,'2024-01-20','adult',81,6.6),(15,3,'2024-01-20','child',40,3.4),
(16,5,'2024-02-17','adult',29,5.9),(17,6,'2024-03-09','family',21,15),(18,4,'2024-05-18','adult',33,4.5),(19,2,'2024-05-25','adult',97,5.1);
INSERT INTO incidents VALUES
(1,2,5,'2023-06-03 14:20:00','sunstroke',2,'no'),(2,2,6,'2023-07-15 15:05:00','near drowning',5,'yes'),(3,2,6,'2023-07-15 16:40:00','cut foot',1,'no'),
(4,3,2,'2023-06-10 11:10:00','cramp',2,'no'),(5,1,3,'2023-02-12 10:30:00','slip',3,'yes'),(6,5,4,'2023-03-22 18:15:00','slip',1,'no'),
(7,6,8,'2023-11-04 12:00:00','chlorine irritation',2,'no'),(8,4,7,'2023-07-01 13:45:00','bee sting',1,'no'),(9,3,1,'2024-01-20 17:30:00','near drowning',4,'yes'),
(10,1,NULL,'2024-02-08 09:15:00','theft',1,'no'),(11,2,2,'2024-05-25 15:55:00','slip',2,'no'),(12,6,8,'2024-03-09 16:10:00','cut foot',2,'no'),(13,3,2,'2024-04-13 08:50:00','slip',4,'yes');

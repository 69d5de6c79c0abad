CREATE TABLE clubs (
  id INTEGER PRIMARY KEY,
  name TEXT,
  town TEXT,
  founded_year TEXT,
  members INTEGER,
  colours TEXT
);
CREATE TABLE grounds (
  id INTEGER PRIMARY KEY,
  name TEXT,
  club_id INTEGER REFERENCES clubs(id),
  places INTEGER,
  surface TEXT
);
CREATE TABLE squad_players (
  id INTEGER PRIMARY KEY,
  first_name TEXT,
  last_name TEXT,
  club_id INTEGER REFERENCES clubs(id),
  pos TEXT,
  shirt_no INTEGER,
  born_on DATE,
  profession TEXT
);
CREATE TABLE refs (
  id INTEGER PRIMARY KEY,
  ref_name TEXT,
  licence_class TEXT,
  licensed_since TEXT,
  home_town TEXT
);
CREATE TABLE fixtures (
  id INTEGER PRIMARY KEY,
  season TEXT,
  round INTEGER,
  played_on DATE,
  home_club_id INTEGER REFERENCES clubs(id),
  guest_club_id INTEGER REFERENCES clubs(id),
  home_score INTEGER,
  guest_score INTEGER,
  ref_id INTEGER REFERENCES refs(id),
  spectators INTEGER
);
CREATE TABLE goals (
  id INTEGER PRIMARY KEY,
  fixture_id INTEGER REFERENCES fixtures(id),
  scorer_id INTEGER REFERENCES squad_players(id),
  assist_id INTEGER REFERENCES squad_players(id),
  minute INTEGER,
  is_penalty INTEGER
);
CREATE TABLE cards (
  id INTEGER PRIMARY KEY,
  fixture_id INTEGER REFERENCES fixtures(id),
  player_id INTEGER REFERENCES squad_players(id),
  colour TEXT,
  minute INTEGER
);
INSERT INTO clubs VALUES
(1,'SV Tannbach','Tannbach','1921',340,'green-white'),
(2,'FC Oberau','Oberau','1948',210,'red'),
(3,'TSV Mühlried','Mühlried','1909',515,'blue-white'),
(4,'SpVgg Lindental','Lindental','1963',160,'yellow-black'),
(5,'FC Steinach 04','Steinach','1904',430,'red'),
(6,'Union Tannbach','Tannbach','1987',95,'black'),
(7,'SC Hochfeld','Hochfeld','2016',60,NULL),
(8,'DJK Wiesen','Wiesen','1955',125,'blue-white');
INSERT INTO grounds VALUES
(1,'Waldstadion',1,1200,'grass'),
(2,'Auewiese',2,600,'grass'),
(3,'Mühlenpark',3,1800,'grass'),
(4,'Mühlenpark Nebenplatz',3,250,'artificial'),
(5,'Lindenhof',4,400,'grass'),
(6,'Am Steinbruch',5,950,'artificial'),
(7,'Kreissportplatz',NULL,700,'cinder'),
(8,'Wiesenplatz',8,300,'grass');
INSERT INTO squad_players VALUES
(1,'Jan','Huber',1,'FW',9,'1998-03-02','carpenter'),
(2,'Tobias','Rieger',1,'MF',8,'1995-07-19','teacher'),
(3,'Emre','Yildiz',1,'GK',1,'1991-12-11','electrician'),
(4,'Lukas','Huber',2,'FW',10,'2001-05-23','student'),
(5,'Paul','Stadler',2,'DF',4,'1989-09-30','farmer'),
(6,'Milan','Horvat',3,'FW',9,'1996-01-14','mechanic'),
(7,'Simon','Brandl',3,'MF',6,'2003-08-08','student'),
(8,'David','Ortner',3,'GK',1,'1994-04-04',NULL),
(9,'Felix','Auer',4,'FW',11,'1999-10-27','nurse'),
(10,'Kevin','Auer',4,'DF',5,'1993-02-15','carpenter'),
(11,'Ali','Demir',5,'MF',10,'1997-06-06','teacher'),
(12,'Marco','Rossi',5,'FW',7,'2000-11-20','cook'),
(13,'Georg','Seidl',5,'DF',3,'1986-12-24','farmer'),
(14,'Niko','Lang',6,'FW',9,'2004-02-29','student'),
(15,'Peter','Fuchs',6,'GK',22,'1984-05-17','baker'),
(16,'Ben','Wimmer',NULL,'MF',NULL,'2002-09-09','student'),
(17,'Sven','Amann',8,'DF',2,'1990-03-03','electrician');
INSERT INTO refs VALUES
(1,'Anton Kreuz','B','2009','Oberau'),
(2,'Sabine Moser','A','2012','Hochfeld'),
(3,'Rolf Ebner','C','2020','Lindental'),
(4,'Hatice Kaya','B','2017','Steinach'),
(5,'Urs Leitner','C','2023','Tannbach'),
(6,'Ingo Pfaff','C','2021','Hochfeld'),
(7,'Petra Hofer','A','2014','Mühlried'),
(8,'Jonas Reindl','C','2022','Wiesen');
INSERT INTO fixtures VALUES
(1,'2022/23',1,'2022-08-14',1,2,2,1,1,180),
(2,'2022/23',1,'2022-08-14',3,4,3,0,2,320),
(3,'2022/23',1,'2022-08-15',5,6,1,1,4,145),
(4,'2022/23',2,'2022-08-28',2,3,0,2,2,210),
(5,'2022/23',2,'2022-08-28',4,5,1,2,1,90),
(6,'2022/23',2,'2022-08-29',6,1,0,1,3,410),
(7,'2022/23',3,'2023-03-19',1,3,2,1,2,350),
(8,'2022/23',3,'2023-03-19',2,5,2,3,4,130),
(9,'2023/24',1,'2023-08-20',3,1,0,2,2,390),
(10,'2023/24',1,'2023-08-20',5,4,4,0,1,160),
(11,'2023/24',1,'2023-08-21',6,2,1,0,4,75),
(12,'2023/24',2,'2023-09-03',1,5,1,2,2,260),
(13,'2023/24',2,'2023-09-03',4,6,0,0,3,60),
(14,'2023/24',2,'2023-09-04',2,3,1,1,1,195),
(15,'2023/24',3,'2024-04-07',3,5,NULL,NULL,NULL,NULL),
(16,'2023/24',3,'2024-04-07',6,1,NULL,NULL,2,NULL);
INSERT INTO goals VALUES
(1,1,1,2,12,0),(2,1,2,NULL,55,1),(3,1,4,5,78,0),
(4,2,6,7,9,0),(5,2,6,NULL,33,1),(6,2,7,6,81,0),
(7,3,12,11,40,0),(8,3,14,NULL,88,0),
(9,4,6,7,22,0),(10,4,6,NULL,67,0),
(11,5,9,NULL,15,0),(12,5,11,12,50,0),(13,5,12,11,90,0),
(14,6,1,2,71,0),
(15,7,1,NULL,30,1),(16,7,7,6,64,0),
(17,8,4,NULL,5,0),(18,8,12,11,28,0),(19,8,4,5,52,0),(20,8,13,11,74,0),(21,8,11,NULL,86,1),
(22,9,1,2,47,0),(23,9,1,NULL,90,0),
(24,10,12,11,8,0),(25,10,12,NULL,25,1),(26,10,11,12,60,0),(27,10,13,NULL,77,0),
(28,11,14,NULL,36,0),
(29,12,2,1,18,0),(30,12,12,11,43,0),(31,12,11,12,79,0),
(32,14,5,4,20,0),(33,14,6,7,83,0),(34,7,2,1,90,0);
INSERT INTO cards VALUES
(1,1,5,'yellow',60),(2,2,10,'yellow',25),(3,2,10,'red',70),(4,3,15,'yellow',85),
(5,5,13,'yellow',31),(6,6,14,'red',66),(7,7,2,'yellow',44),(8,8,5,'yellow',12),
(9,8,13,'yellow',80),(10,9,7,'yellow',50),(11,12,1,'yellow',90),(12,14,5,'red',89),(13,13,9,'yellow',77);

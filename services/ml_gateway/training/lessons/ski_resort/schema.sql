CREATE TABLE tbl_area (
  area_code TEXT PRIMARY KEY,
  area_name TEXT,
  base_altitude INTEGER,
  top_altitude INTEGER
);
CREATE TABLE tbl_lift (
  lift_no INTEGER PRIMARY KEY,
  lift_name TEXT,
  lift_type TEXT,
  from_area TEXT,
  to_area TEXT,
  persons_per_hour INTEGER,
  built_year TEXT,
  heated_seats TEXT,
  FOREIGN KEY (from_area) REFERENCES tbl_area(area_code),
  FOREIGN KEY (to_area) REFERENCES tbl_area(area_code)
);
CREATE TABLE tbl_guest (
  guest_no INTEGER PRIMARY KEY,
  surname TEXT,
  given_name TEXT,
  nationality TEXT,
  birth_date DATE,
  ability TEXT,
  e_mail TEXT
);
CREATE TABLE tbl_pass (
  pass_no TEXT PRIMARY KEY,
  guest_no INTEGER,
  pass_type TEXT,
  price DECIMAL(7,2),
  valid_from DATE,
  valid_to DATE,
  sold_at TEXT,
  FOREIGN KEY (guest_no) REFERENCES tbl_guest(guest_no)
);
CREATE TABLE tbl_instructor (
  instr_no INTEGER PRIMARY KEY,
  instr_name TEXT,
  discipline TEXT,
  qualification INTEGER,
  day_rate DECIMAL(6,2),
  first_season INTEGER,
  supervisor_no INTEGER,
  FOREIGN KEY (supervisor_no) REFERENCES tbl_instructor(instr_no)
);
CREATE TABLE tbl_lesson (
  lesson_no INTEGER PRIMARY KEY,
  instr_no INTEGER,
  area_code TEXT,
  lesson_date DATE,
  hours INTEGER,
  lesson_kind TEXT,
  FOREIGN KEY (instr_no) REFERENCES tbl_instructor(instr_no),
  FOREIGN KEY (area_code) REFERENCES tbl_area(area_code)
);
CREATE TABLE tbl_lesson_guest (
  lesson_no INTEGER,
  guest_no INTEGER,
  rating INTEGER,
  PRIMARY KEY (lesson_no, guest_no),
  FOREIGN KEY (lesson_no) REFERENCES tbl_lesson(lesson_no),
  FOREIGN KEY (guest_no) REFERENCES tbl_guest(guest_no)
);
CREATE TABLE tbl_rental (
  rental_no INTEGER PRIMARY KEY,
  guest_no INTEGER,
  gear TEXT,
  gear_size INTEGER,
  picked_up DATE,
  brought_back DATE,
  charge DECIMAL(6,2),
  FOREIGN KEY (guest_no) REFERENCES tbl_guest(guest_no)
);
INSERT INTO tbl_area VALUES
('VAL','Valley Station',1150,1250),('SUN','Sunny Bowl',1250,1780),('GLA','Glacier Side',2100,2890),('RID','Ridge Line',1780,2310),('FOR','Forest Slopes',1200,1600),('NOR','North Couloir',2050,2740),
('LAK','Lake Shore',1100,1390),('PAN','Panorama Plateau',1900,2080);
INSERT INTO tbl_lift VALUES
(1,'Murmeltier Express','chair','VAL','SUN',2400,'2016','yes'),
(2,'Grat Gondola','gondola','SUN','RID',2800,'2021','yes'),
(3,'Ice Tram','cable car','RID','GLA',900,'1998','no'),
(4,'Zwerg','drag','VAL','VAL',600,'1979','no'),
(5,'Fichten','drag','VAL','FOR',850,'1986','no'),
(6,'Kreuzjoch','chair','SUN','SUN',1800,'2005','no'),
(7,'Gletscher','chair','GLA','GLA',1500,'2012','yes'),
(8,'Waldbahn','gondola','FOR','SUN',2200,'2009',NULL),
(9,'Seebahn','chair','VAL','LAK',1300,'2019','yes'),
(10,'Panorama','gondola','RID','PAN',2000,'2023','no');
INSERT INTO tbl_guest VALUES
(1,'Jansen','Pieter','NL','1984-01-20','intermediate','pj@snowmail.example'),
(2,'Jansen','Sanne','NL','2014-05-06','beginner',NULL),
(3,'Whitaker','Claire','GB','1977-09-11','expert','claire@whit.example'),
(4,'Novak','Jiri','CZ','1990-12-30','intermediate','novakj@snowmail.example'),
(5,'Moretti','Giulia','IT','1998-03-27','expert','gm@pistapost.example'),
(6,'Petersen','Lars','DK','1965-07-14','beginner','lars@pistapost.example'),
(7,'Novak','Eva','CZ','1992-02-02','beginner',NULL),
(8,'Dubois','Hugo','FR','2009-10-10','intermediate','hugo@snowmail.example'),
(9,'Whitaker','Sam','GB','2012-08-25','beginner','claire@whit.example'),
(10,'Okada','Ren','JP','1988-06-18',NULL,'ren@okada.example'),
(11,'Visser','Anouk','NL','1995-11-03','expert','anouk@snowmail.example');
INSERT INTO tbl_pass VALUES
('P-01',1,'week',298.00,'2023-02-11','2023-02-17','desk'),
('P-02',2,'week',149.00,'2023-02-11','2023-02-17','desk'),
('P-03',3,'season',640.00,'2022-12-03','2023-04-16','online'),
('P-04',3,'season',675.00,'2023-12-02','2024-04-14','online'),
('P-05',4,'day',58.00,'2023-03-04','2023-03-04','desk'),
('P-06',4,'day',61.00,'2024-01-20','2024-01-20','online'),
('P-07',5,'season',675.00,'2023-12-02','2024-04-14','online'),
('P-08',7,'day',61.00,'2024-01-20','2024-01-20','online'),
('P-09',8,'week',228.00,'2024-02-17','2024-02-23','partner hotel'),
('P-10',1,'week',312.00,'2024-02-10','2024-02-16','online'),
('P-11',9,'week',155.00,'2024-02-10','2024-02-16','desk'),
('P-12',11,'day',61.00,'2024-03-09','2024-03-09','desk'),
('P-13',6,'week',298.00,'2023-01-14','2023-01-20','partner hotel'),
('P-14',4,'week',312.00,'2024-03-16','2024-03-22','desk');
INSERT INTO tbl_instructor VALUES
(1,'Sepp Anrain','ski',3,210.00,1996,NULL),
(2,'Moni Falk','ski',3,205.00,2008,1),
(3,'Yann Perrin','snowboard',2,180.00,2015,1),
(4,'Tess Morgan','snowboard',1,140.00,2022,3),
(5,'Aldo Ferri','cross-country',2,165.00,2011,1),
(6,'Lina Koch','ski',1,138.00,2023,2),
(7,'Bjarne Dahl','telemark',2,NULL,2019,NULL),
(8,'Ines Moser','snowboard',3,195.00,2013,NULL);
INSERT INTO tbl_lesson VALUES
(1,1,'SUN','2023-02-12',4,'group'),
(2,2,'VAL','2023-02-12',2,'group'),
(3,2,'VAL','2023-02-13',2,'group'),
(4,3,'RID','2023-03-04',3,'private'),
(5,1,'GLA','2023-12-16',5,'private'),
(6,5,'FOR','2023-01-15',3,'group'),
(7,4,'LAK','2024-01-20',2,'private'),
(8,6,'VAL','2024-02-11',2,'group'),
(9,6,'VAL','2024-02-12',2,'group'),
(10,3,'SUN','2024-02-18',4,'group'),
(11,1,'RID','2024-02-11',4,'group'),
(12,2,'SUN','2024-03-17',3,'private'),
(13,1,'GLA','2024-03-18',6,'private');
INSERT INTO tbl_lesson_guest VALUES
(1,1,4),(1,3,5),(2,2,5),(2,6,3),(3,2,4),(4,4,2),(5,5,5),(6,6,4),(6,7,NULL),(7,7,3),(8,9,5),(8,2,4),(9,9,4),(10,8,3),(10,4,4),(11,1,5),(12,4,5),(13,3,NULL),(11,11,4);
INSERT INTO tbl_rental VALUES
(1,1,'skis',176,'2023-02-11','2023-02-17',140.00),
(2,2,'skis',120,'2023-02-11','2023-02-18',70.00),
(3,4,'snowboard',158,'2023-03-04','2023-03-04',32.00),
(4,6,'cross-country skis',190,'2023-01-14','2023-01-21',88.00),
(5,6,'boots',43,'2023-01-14','2023-01-21',45.00),
(6,7,'snowboard',149,'2024-01-20','2024-01-20',34.00),
(7,7,'helmet',56,'2024-01-20','2024-01-20',8.00),
(8,9,'skis',135,'2024-02-10',NULL,76.00),
(9,9,'helmet',52,'2024-02-10','2024-02-16',24.00),
(10,8,'snowboard',151,'2024-02-17','2024-02-23',118.00),
(11,10,'skis',170,'2024-03-01','2024-03-03',66.00),
(12,4,'skis',180,'2024-03-16',NULL,145.00),
(13,1,'boots',44,'2024-02-10','2024-02-16',50.00),
(14,5,'helmet',57,'2023-12-16','2023-12-17',9.00),
(15,8,'helmet',54,'2024-02-17','2024-02-23',24.50);

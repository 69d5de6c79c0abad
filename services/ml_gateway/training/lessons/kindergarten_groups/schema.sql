CREATE TABLE kg_group (
  grp_id INTEGER PRIMARY KEY,
  grp_name TEXT,
  room TEXT,
  min_age INTEGER,
  max_children INTEGER
);
CREATE TABLE educator (
  edu_id INTEGER PRIMARY KEY,
  edu_name TEXT,
  grp_id INTEGER,
  role TEXT,
  hired DATE,
  weekly_hours INTEGER,
  mentor_id INTEGER,
  FOREIGN KEY (grp_id) REFERENCES kg_group(grp_id),
  FOREIGN KEY (mentor_id) REFERENCES educator(edu_id)
);
CREATE TABLE child (
  child_id INTEGER PRIMARY KEY,
  child_first TEXT,
  child_last TEXT,
  sex TEXT,
  dob DATE,
  grp_id INTEGER,
  enrolled DATE,
  withdrawn DATE,
  lunch TEXT,
  FOREIGN KEY (grp_id) REFERENCES kg_group(grp_id)
);
CREATE TABLE guardian (
  guard_id INTEGER PRIMARY KEY,
  guard_first TEXT,
  guard_last TEXT,
  mobile TEXT,
  job TEXT,
  district TEXT
);
CREATE TABLE child_guardian (
  child_id INTEGER,
  guard_id INTEGER,
  relation TEXT,
  may_pick_up TEXT,
  PRIMARY KEY (child_id, guard_id)
);
CREATE TABLE allergy (
  child_id INTEGER,
  substance TEXT,
  severity TEXT,
  PRIMARY KEY (child_id, substance)
);
CREATE TABLE attendance (
  att_id INTEGER PRIMARY KEY,
  child_id INTEGER,
  att_date DATE,
  present INTEGER,
  absence_note TEXT,
  FOREIGN KEY (child_id) REFERENCES child(child_id)
);
CREATE TABLE fee (
  fee_id INTEGER PRIMARY KEY,
  child_id INTEGER,
  fee_type TEXT,
  amount DECIMAL(7,2),
  due DATE,
  paid DATE,
  FOREIGN KEY (child_id) REFERENCES child(child_id)
);
INSERT INTO kg_group VALUES
(1,'Hedgehogs','Garden Room',3,12),
(2,'Ladybirds','Blue Room',2,8),
(3,'Owls','Attic',5,15),
(4,'Otters','Blue Room',4,14),
(5,'Fireflies',NULL,4,10),
(6,'Foxes','Garden Room',3,11),
(7,'Snails','Sun Porch',1,6),
(8,'Bats','Gym',5,16);
INSERT INTO educator VALUES
(1,'Martha Binder',1,'lead','2012-08-20',38,NULL),
(2,'Oskar Pohl',1,'assistant','2021-02-01',30,1),
(3,'Leyla Sahin',2,'lead','2016-09-01',35,1),
(4,'June Ashby',2,'assistant','2022-10-10',20,3),
(5,'Viktor Han',3,'lead','2014-04-07',40,NULL),
(6,'Selma Roth',4,'lead','2019-01-14',36,5),
(7,'Nils Ekdal',NULL,'substitute','2023-05-22',15,NULL),
(8,'Pia Kraus',4,'trainee','2023-09-01',39,6),
(9,'Rita Vogel',6,'lead','2020-03-02',37,1),
(10,'Jo Stern',7,'lead','2023-02-15',32,5);
INSERT INTO child VALUES
(1,'Emil','Baum','M','2019-05-14',1,'2022-08-29',NULL,'yes'),
(2,'Mia','Baum','F','2021-03-02',2,'2023-09-04',NULL,'yes'),
(3,'Yara','Nasser','F','2018-01-23',3,'2021-08-30','2024-02-28','yes'),
(4,'Theo','Lindner','M','2019-11-30',1,'2022-10-17',NULL,'no'),
(5,'Mia','Fontana','F','2019-08-08',4,'2022-08-29',NULL,'yes'),
(6,'Ivo','Petrescu','M','2018-10-19',3,'2022-01-10',NULL,'no'),
(7,'Lotte','Weber','F','2020-07-07',1,'2023-08-28',NULL,'yes'),
(8,'Karim','Nasser','M','2020-12-12',2,'2023-01-16',NULL,'yes'),
(9,'Anton','Gruber','M','2019-02-26',4,'2022-08-29','2023-07-31','no'),
(10,'Clara','Sund','F','2018-06-17',3,'2021-08-30',NULL,'yes'),
(11,'Jonah','Weber','M','2018-04-04',3,'2021-09-06',NULL,'yes'),
(12,'Frida','Holm','F','2021-09-25',2,'2024-02-05',NULL,'no'),
(13,'Noor','Aziz','F','2019-12-01',4,'2023-08-28',NULL,'yes'),
(14,'Luis','Ramos','M','2020-02-15',NULL,'2024-03-18',NULL,NULL),
(15,'Bela','Toth','M','2022-04-11',7,'2024-01-15',NULL,'yes'),
(16,'Ella','Moos','F','2020-09-19',6,'2023-08-28',NULL,'no'),
(17,'Tim','Baum','M','2020-03-23',6,'2024-01-08',NULL,'yes');
INSERT INTO guardian VALUES
(1,'Katrin','Baum','0170 1111','Nurse','Altstadt'),
(2,'Stefan','Baum','0170 2222','Engineer','Altstadt'),
(3,'Rania','Nasser','0171 3333','Pharmacist','Westend'),
(4,'Gerd','Lindner',NULL,'Baker','Neubau'),
(5,'Paola','Fontana','0172 4444','Nurse','Westend'),
(6,'Mihai','Petrescu','0173 5555','Driver','Neubau'),
(7,'Ulla','Weber','0174 6666','Engineer','Altstadt'),
(8,'Rolf','Weber','0174 7777','Retired','Seeblick'),
(9,'Birgit','Sund',NULL,'Lawyer','Seeblick'),
(10,'Tarek','Aziz','0176 8888','Driver','Westend'),
(11,'Hanne','Holm','0177 9999',NULL,'Neubau'),
(12,'Vera','Krol','0178 1010','Baker','Altstadt');
INSERT INTO child_guardian VALUES
(1,1,'mother','yes'),(1,2,'father','yes'),(2,1,'mother','yes'),(2,2,'father','no'),
(3,3,'mother','yes'),(8,3,'mother','yes'),(4,4,'father','yes'),(5,5,'mother','yes'),
(6,6,'father','yes'),(7,7,'mother','yes'),(7,8,'grandfather','yes'),(11,7,'mother','yes'),(11,8,'grandfather','no'),
(10,9,'mother','yes'),(13,10,'father','yes'),(12,11,'mother','yes'),(4,12,'foster parent','no'),
(17,1,'mother','yes');
INSERT INTO allergy VALUES
(1,'peanut','high'),(1,'egg','low'),(5,'milk','medium'),(7,'peanut','medium'),(10,'wasp','high'),(13,'egg','medium'),(2,'peanut','low'),(13,'milk','low');
INSERT INTO attendance VALUES
(1,1,'2024-03-04',1,NULL),(2,2,'2024-03-04',0,'fever'),(3,4,'2024-03-04',1,NULL),(4,5,'2024-03-04',1,NULL),
(5,6,'2024-03-04',0,NULL),(6,7,'2024-03-04',1,NULL),(7,8,'2024-03-04',1,NULL),(8,10,'2024-03-04',0,'holiday'),
(9,1,'2024-03-05',1,NULL),(10,2,'2024-03-05',0,'fever'),(11,4,'2024-03-05',0,'dentist'),(12,5,'2024-03-05',1,NULL),
(13,6,'2024-03-05',1,NULL),(14,7,'2024-03-05',1,NULL),(15,8,'2024-03-05',0,'fever'),(16,10,'2024-03-05',0,'holiday'),
(17,1,'2024-04-08',1,NULL),(18,2,'2024-04-08',1,NULL),(19,11,'2024-04-08',1,NULL),(20,13,'2024-04-08',0,'cough'),
(21,10,'2024-04-08',0,'cough'),(22,3,'2023-12-11',1,NULL),(23,3,'2023-12-12',0,'holiday');
INSERT INTO fee VALUES
(1,1,'care',180.00,'2024-02-01','2024-01-30'),(2,1,'lunch',62.00,'2024-02-01','2024-01-30'),
(3,2,'care',240.00,'2024-02-01','2024-02-12'),(4,3,'care',180.00,'2023-12-01','2023-12-01'),
(5,4,'care',175.00,'2024-02-01',NULL),(6,5,'care',180.00,'2024-02-01','2024-02-01'),
(7,5,'lunch',58.50,'2024-02-01',NULL),(8,6,'care',160.00,'2023-12-01','2024-01-08'),
(9,7,'care',195.00,'2024-03-01','2024-02-27'),(10,8,'care',240.00,'2024-03-01',NULL),
(11,10,'excursion',25.00,'2023-10-15','2023-10-11'),(12,11,'excursion',25.00,'2023-10-15','2023-10-20'),
(13,10,'care',165.00,'2024-03-01','2024-03-01'),(14,13,'lunch',60.00,'2024-03-01','2024-03-04'),
(15,9,'care',175.00,'2023-06-01','2023-05-31');

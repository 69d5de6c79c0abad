CREATE TABLE ensemble (
  ens_id INTEGER PRIMARY KEY,
  ens_name TEXT,
  ens_type TEXT,
  ens_town TEXT,
  member_count INTEGER
);
CREATE TABLE score (
  score_id INTEGER PRIMARY KEY,
  score_title TEXT,
  arranger TEXT,
  genre TEXT,
  voices INTEGER,
  copies INTEGER,
  price_copy DECIMAL(5,2),
  bought_on DATE,
  shelf TEXT
);
CREATE TABLE loan_out (
  loan_id INTEGER PRIMARY KEY,
  score_id INTEGER,
  ens_id INTEGER,
  copies_lent INTEGER,
  lent_on DATE,
  due_back DATE,
  back_on DATE,
  copies_lost INTEGER,
  FOREIGN KEY (score_id) REFERENCES score(score_id),
  FOREIGN KEY (ens_id) REFERENCES ensemble(ens_id)
);
CREATE TABLE librarian (
  lib_id INTEGER PRIMARY KEY,
  lib_name TEXT,
  ens_id INTEGER,
  since_year TEXT,
  email TEXT,
  FOREIGN KEY (ens_id) REFERENCES ensemble(ens_id)
);
INSERT INTO ensemble VALUES
(1,'Thornbury Singers','mixed choir','Thornbury',48),(2,'Quayside Shanty Crew','male choir','Port Lorne',19),(3,'Linnets','children''s choir','Thornbury',33),(4,'Abbey Schola','mixed choir','Abbeyfield',16),
(5,'Thursday Women','female choir','Port Lorne',27),(6,'Mill Lane Quartet','quartet','Thornbury',4),(7,'Windrush Chorus','mixed choir','Ganton',NULL);
INSERT INTO score VALUES
(1,'Morning on the Moor','B. Allard','folk',4,60,2.4,'2019-03-11','A1'),(2,'Heave Away Tonight','T. Roscoe','shanty',3,25,1.9,'2020-08-02','A2'),(3,'Five Small Psalms','C. Inglis','sacred',4,50,5.5,'2021-01-20','B1'),
(4,'The Fox and the Moon','B. Allard','children',2,40,1.5,'2021-09-14','C1'),(5,'Night Ferry','T. Roscoe','shanty',4,30,2.2,'2022-05-05','A2'),(6,'Stabat Mater in G','M. Querini','sacred',5,35,9.8,'2022-11-28','B1'),
(7,'Winter Garland','C. Inglis','carol',4,70,3.1,'2023-10-09','B2'),(8,'Round the Kettle',NULL,'children',1,45,0.9,'2023-06-17','C1'),(9,'Harvest Suite','B. Allard','folk',6,20,6.75,'2024-02-26',NULL),(10,'Lullaby for Lorne','E. Tarr','folk',3,28,1.75,'2024-04-03','A1');
INSERT INTO loan_out VALUES
(1,1,1,45,'2022-09-05','2022-12-20','2022-12-18',1),(2,2,2,18,'2022-10-10','2023-01-31','2023-02-20',0),(3,4,3,33,'2023-01-16','2023-04-01','2023-03-30',4),(4,3,4,15,'2023-02-01','2023-05-01','2023-05-01',0),
(5,6,1,35,'2023-03-06','2023-07-15','2023-09-02',2),(6,7,1,46,'2023-10-20','2024-01-15','2024-01-10',3),(7,7,5,24,'2023-10-23','2024-01-15','2024-01-29',0),(8,5,2,19,'2024-01-08','2024-05-31','2024-05-20',1),
(9,3,5,26,'2024-02-12','2024-06-01',NULL,NULL),(10,8,3,30,'2024-03-04','2024-06-15','2024-06-15',0),(11,1,6,4,'2024-04-22','2024-07-01','2024-06-11',0),(12,6,4,16,'2024-05-13','2024-10-01',NULL,NULL),(13,10,5,25,'2024-09-02','2024-12-20',NULL,NULL),(14,2,6,4,'2024-09-16','2024-12-01',NULL,NULL);
INSERT INTO librarian VALUES
(1,'Doris Penn',1,'2008','doris@thornbury.example'),(2,'Col Hardy',2,'2016',NULL),(3,'Amy Lunn',3,'2021','amy@linnets.example'),(4,'Brother Anselm',4,'1999',NULL),(5,'Viv Carter',5,'2019','viv@thursday.example'),(6,'Doris Penn',6,'2022','doris@thornbury.example'),(7,'Ken Stott',1,'2023','ken@thornbury.example');

CREATE TABLE tbl_address (
  addr_no INTEGER PRIMARY KEY,
  street TEXT,
  nr TEXT,
  zip TEXT,
  quarter TEXT,
  storeys INTEGER
);
CREATE TABLE tbl_request (
  req_no INTEGER PRIMARY KEY,
  addr_no INTEGER,
  applicant TEXT,
  req_date DATE,
  appt_date DATE,
  fee_eur DECIMAL(6,2),
  paid CHAR(1),
  state TEXT,
  FOREIGN KEY (addr_no) REFERENCES tbl_address(addr_no)
);
CREATE TABLE tbl_object (
  obj_no INTEGER PRIMARY KEY,
  req_no INTEGER,
  obj_kind TEXT,
  material TEXT,
  qty INTEGER,
  est_kg REAL,
  destination TEXT,
  FOREIGN KEY (req_no) REFERENCES tbl_request(req_no)
);
CREATE TABLE tbl_yard (
  yard_cd TEXT PRIMARY KEY,
  yard_name TEXT,
  quarter TEXT,
  max_tons INTEGER,
  opened TEXT
);
INSERT INTO tbl_address VALUES
(1,'Linden Alley','3','4410','Northside',4),(2,'Linden Alley','17b','4410','Northside',2),(3,'Potter''s Row','9','4412','Old Town',5),(4,'Potter''s Row','22','4412','Old Town',3),
(5,'Canal Bank','1','4415','Basin',6),(6,'Canal Bank','48','4415','Basin',1),(7,'Windmill Close','5','4418','Heath',2),(8,'Foundry Street','60','4415','Basin',NULL),(9,'Castle Steps','2','4412','Old Town',4),(10,'Windmill Close','11','4420','Millpond',1);
INSERT INTO tbl_request VALUES
(301,1,'A. Ferreira','2023-01-09','2023-01-20',30,'Y','done'),(302,3,'Mrs Oakley','2023-02-14','2023-03-02',45,'Y','done'),(303,5,'Dock Housing Ltd','2023-03-01','2023-03-09',120,'Y','done'),
(304,2,'T. Bloom','2023-04-18',NULL,30,'N','cancelled'),(305,5,'Dock Housing Ltd','2023-06-05','2023-06-16',150,'Y','done'),(306,7,'J. Rask','2023-09-11','2023-09-29',0,'N','done'),
(307,4,'P. Simmons','2023-11-20','2023-12-01',45,'N','done'),(308,3,'Mrs Oakley','2024-01-08','2024-01-19',30,'Y','done'),(309,6,'K. Amari','2024-02-27','2024-03-12',60,'N','missed'),
(310,6,'K. Amari','2024-03-13','2024-03-27',60,'Y','done'),(311,8,'Bell Theatre Club','2024-05-06','2024-05-24',90,'Y','done'),(312,1,'L. Ferreira','2024-06-10','2024-06-21',30,'Y','done'),
(313,2,'T. Bloom','2024-09-02',NULL,30,'N','open'),(314,5,'Dock Housing Ltd','2024-09-17','2024-10-04',180,'N','open'),(315,9,'Mrs Oakley','2024-09-30',NULL,NULL,'N','open');
INSERT INTO tbl_object VALUES
(1,301,'sofa','mixed',1,55,'NB'),(2,301,'carpet','textile',2,24,'NB'),(3,302,'wardrobe','wood',1,80,'SW'),(4,302,'mattress','textile',2,40,'SW'),
(5,303,'fridge','metal',4,220,'HZ'),(6,303,'wardrobe','wood',6,510,'SW'),(7,303,'sofa','mixed',3,170,'NB'),(8,305,'mattress','textile',14,290,'SW'),
(9,305,'fridge','metal',2,105,'HZ'),(10,306,'bicycle','metal',3,36,'RP'),(11,307,'piano','wood',1,240,'RP'),(12,308,'table','wood',1,28,'RP'),
(13,308,'chair','wood',6,30,'RP'),(14,310,'boiler','metal',1,65,'HZ'),(15,310,'carpet','textile',3,33,'NB'),(16,311,'stage curtain','textile',2,75,NULL),
(17,311,'chair','metal',40,160,'RP'),(18,312,'sofa','mixed',1,60,'NB'),(19,314,'wardrobe','wood',5,420,NULL),(20,309,'boiler','metal',1,65,NULL),(21,313,'table','glass',1,NULL,NULL);
INSERT INTO tbl_yard VALUES
('NB','North burner','Northside',900,'1985'),('SW','Shredder works','Heath',450,'2002'),('HZ','Hazard depot','Basin',60,'2011'),('RP','Repair & reuse hall','Old Town',35,'2021'),('GL','Glass bay','Basin',120,'1994');

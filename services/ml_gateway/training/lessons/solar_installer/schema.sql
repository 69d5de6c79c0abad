CREATE TABLE tbl_lead (
  lead_id INTEGER PRIMARY KEY,
  lead_name TEXT,
  street TEXT,
  town TEXT,
  source TEXT,
  created DATE,
  roof_sqm REAL,
  phone TEXT
);
CREATE TABLE tbl_salesrep (
  rep_id INTEGER PRIMARY KEY,
  rep_name TEXT,
  region TEXT,
  commission_pct REAL
);
CREATE TABLE tbl_quote (
  quote_id INTEGER PRIMARY KEY,
  lead_id INTEGER REFERENCES tbl_lead(lead_id),
  rep_id INTEGER REFERENCES tbl_salesrep(rep_id),
  quote_date DATE,
  valid_until DATE,
  amt DECIMAL(10,2),
  accepted BOOLEAN
);
CREATE TABLE tbl_panel (
  panel_sku TEXT PRIMARY KEY,
  maker TEXT,
  model TEXT,
  watt_peak INTEGER,
  unit_price DECIMAL(8,2),
  warranty_yrs INTEGER
);
CREATE TABLE tbl_installation (
  inst_id INTEGER PRIMARY KEY,
  quote_id INTEGER REFERENCES tbl_quote(quote_id),
  planned_for DATE,
  finished DATE,
  battery TEXT,
  customer_rating INTEGER
);
CREATE TABLE tbl_inst_panel (
  inst_id INTEGER REFERENCES tbl_installation(inst_id),
  panel_sku TEXT REFERENCES tbl_panel(panel_sku),
  qty INTEGER,
  PRIMARY KEY (inst_id, panel_sku)
);
CREATE TABLE tbl_technician (
  tech_id INTEGER PRIMARY KEY,
  tech_name TEXT,
  trade TEXT,
  dob DATE,
  wage_per_hr REAL,
  can_climb TEXT
);
CREATE TABLE tbl_inst_tech (
  inst_id INTEGER REFERENCES tbl_installation(inst_id),
  tech_id INTEGER REFERENCES tbl_technician(tech_id),
  PRIMARY KEY (inst_id, tech_id)
);
INSERT INTO tbl_lead VALUES
(1,'Amber Doyle','3 Quarry Rd','Tullamore','web','2022-03-05',48.0,'057-1181'),
(2,'Conor Walsh','17 Abbey St','Athlone','fair','2022-03-19',62.5,'090-2210'),
(3,'Sinead Burke','8 Mill Walk','Tullamore','referral','2022-05-02',35.0,NULL),
(4,'Cloneen Dairy','Cloneen Cross','Birr','fair','2022-08-24',410.0,'057-9002'),
(5,'Peadar Nolan','21 Castle Ave','Birr','web','2023-01-13',54.0,'057-4477'),
(6,'St Brigid School','School Lane','Athlone','tender','2023-02-08',275.0,'090-6100'),
(7,'Mairead Fox','5 Canal Row','Tullamore','web','2023-04-27',NULL,'057-3030'),
(8,'Conor Walsh','2 Bog View','Clara','referral','2023-06-15',71.0,NULL),
(9,'Hanlon Garage','Main St','Clara','phone','2023-09-20',120.0,'057-7171'),
(10,'Ursula Keane','44 Shannon Pk','Athlone','web','2024-01-04',39.5,'090-8123'),
(11,'Dara Quinn','9 Orchard Gr','Moate','web','2024-02-22',58.0,'090-5511'),
(12,'Tobin Bakery','Market Sq','Birr','phone','2024-05-16',95.0,'057-2828'),
(13,'Nuala Ryan','1 Hill Tce','Moate','referral','2024-06-10',44.0,NULL);
INSERT INTO tbl_salesrep VALUES
(1,'Gavin Moran','Offaly',3.5),(2,'Elaine Tuohy','Westmeath',4.0),(3,'Barry Sheehan','Offaly',2.5),(4,'Jill Cusack',NULL,3.0);
INSERT INTO tbl_quote VALUES
(101,1,1,'2022-03-15','2022-04-15',8900,1),
(102,2,2,'2022-04-01','2022-05-01',11200,0),
(103,3,1,'2022-05-20','2022-06-20',7400,1),
(104,4,3,'2022-09-12','2022-12-12',64000,1),
(105,2,2,'2022-10-03','2022-11-03',10100,1),
(106,5,1,'2023-01-30','2023-02-28',9700,0),
(107,6,2,'2023-03-01','2023-06-01',41500,1),
(108,7,1,'2023-05-09','2023-06-09',8200,NULL),
(109,8,3,'2023-07-03','2023-08-03',12600,1),
(110,9,3,'2023-10-10','2023-12-10',23800,0),
(111,10,2,'2024-01-19','2024-02-19',7950,1),
(112,11,2,'2024-03-07','2024-04-07',9300,NULL),
(113,9,1,'2024-04-11','2024-05-11',21900,1),
(114,5,1,'2024-04-25','2024-05-25',9100,1),
(115,12,3,'2024-06-03','2024-07-03',17300,NULL);
INSERT INTO tbl_panel VALUES
('HX-400','Helion','HX 400',400,165,25),('HX-430','Helion','HX 430 Black',430,198,25),('SR-380','Sunrow','Classic 380',380,139,15),
('SR-410','Sunrow','Classic 410',410,152,20),('BM-445','Brightmoor','Glass 445',445,231,30),('BM-300','Brightmoor','Slim 300',300,174,30),('ZT-360','Zentra','Eco 360',360,118,10);
INSERT INTO tbl_installation VALUES
(1,101,'2022-05-10','2022-05-12','no',5),
(2,103,'2022-07-04','2022-07-05','yes',4),
(3,104,'2023-01-16','2023-02-03','yes',5),
(4,105,'2022-12-05','2022-12-09','no',2),
(5,107,'2023-07-10','2023-07-28','yes',4),
(6,109,'2023-09-11','2023-09-13','yes',NULL),
(7,111,'2024-03-18','2024-03-19','no',3),
(8,113,'2024-06-24',NULL,'yes',NULL),
(9,114,'2024-07-08',NULL,'no',NULL);
INSERT INTO tbl_inst_panel VALUES
(1,'HX-400',14),(2,'HX-400',8),(2,'BM-300',3),(3,'SR-410',150),(3,'HX-430',24),(4,'SR-380',20),(5,'BM-445',90),(6,'HX-430',18),(7,'HX-400',10),(7,'BM-300',2),(8,'SR-410',44);
INSERT INTO tbl_technician VALUES
(1,'Eoin Garvey','electrician','1985-06-11',31.0,'no'),
(2,'Tadhg Lacey','roofer','1992-02-27',26.5,'yes'),
(3,'Bronagh Hayes','electrician','1990-10-08',29.0,'yes'),
(4,'Milo Stack','roofer','1978-12-19',28.0,'yes'),
(5,'Aoife Dunne','apprentice','2004-04-01',15.5,'yes'),
(6,'Rory Pender','apprentice','2003-08-14',16.0,'no'),
(7,'Zofia Wrona','surveyor','1988-01-30',33.5,'no');
INSERT INTO tbl_inst_tech VALUES
(1,1),(1,2),(2,3),(2,2),(2,5),(3,1),(3,3),(3,2),(3,4),(4,1),(4,4),(5,3),(5,4),(5,2),(5,5),(6,3),(6,2),(7,1),(7,2),(8,4);

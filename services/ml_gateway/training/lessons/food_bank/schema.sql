CREATE TABLE donor (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60),
  kind VARCHAR(20),
  city VARCHAR(40),
  contact_person VARCHAR(60),
  donor_since DATE
);
CREATE TABLE food_item (
  id INTEGER PRIMARY KEY,
  descr VARCHAR(60),
  food_group VARCHAR(30),
  unit VARCHAR(10),
  unit_weight_kg REAL,
  perishable BOOLEAN
);
CREATE TABLE donation (
  id INTEGER PRIMARY KEY,
  donor_id INTEGER,
  received_on DATE,
  received_by INTEGER,
  note VARCHAR(80),
  FOREIGN KEY (donor_id) REFERENCES donor(id),
  FOREIGN KEY (received_by) REFERENCES volunteer(id)
);
CREATE TABLE donation_line (
  donation_id INTEGER,
  food_item_id INTEGER,
  qty INTEGER,
  best_before DATE,
  PRIMARY KEY (donation_id, food_item_id),
  FOREIGN KEY (donation_id) REFERENCES donation(id),
  FOREIGN KEY (food_item_id) REFERENCES food_item(id)
);
CREATE TABLE site (
  id INTEGER PRIMARY KEY,
  site_name VARCHAR(40),
  street VARCHAR(40),
  city VARCHAR(40),
  opening_day VARCHAR(10)
);
CREATE TABLE volunteer (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(30),
  last_name VARCHAR(30),
  dob DATE,
  home_site_id INTEGER,
  mentor_id INTEGER,
  has_licence VARCHAR(3),
  active VARCHAR(1)
);
CREATE TABLE household (
  id INTEGER PRIMARY KEY,
  card_no VARCHAR(10),
  surname VARCHAR(30),
  adults INTEGER,
  children INTEGER,
  city VARCHAR(40),
  registered_on DATE,
  diet VARCHAR(20)
);
CREATE TABLE pickup (
  id INTEGER PRIMARY KEY,
  household_id INTEGER,
  site_id INTEGER,
  volunteer_id INTEGER,
  picked_up_on DATE,
  parcels INTEGER,
  delivered_home INTEGER,
  FOREIGN KEY (household_id) REFERENCES household(id),
  FOREIGN KEY (site_id) REFERENCES site(id)
);
INSERT INTO donor VALUES
(1,'Greenleaf Supermarket','shop','Ashby','Mona Trent','2019-05-01'),(2,'Bäckerei Lohmann','shop','Ashby',NULL,'2020-02-17'),
(3,'St Mark parish','church','Dunmore','Rev. Hale','2018-11-11'),(4,'Orchard Cooperative','farm','Wexley','Jude Farrow','2021-07-03'),
(5,'Rotary group Dunmore','club','Dunmore','Ivy Stone','2022-01-20'),(6,'Mr and Mrs Paget','private','Ashby',NULL,'2022-12-06'),
(7,'Cold Chain Logistics','company','Wexley','Ravi Sen','2023-03-15'),(8,'Primary School Fernhill','school','Fernhill','Mona Trent','2024-09-30');
INSERT INTO site VALUES
(1,'Central pantry','High Street 4','Ashby','Tuesday'),(2,'Dockside pantry','Quay 11','Ashby','Friday'),(3,'Dunmore hall','Church Road 2','Dunmore','Thursday'),(4,'Wexley mobile stop','Market Square','Wexley','Saturday'),(5,'Fernhill corner','School Lane 1','Fernhill',NULL);
INSERT INTO volunteer VALUES
(1,'Olive','Hart','1958-04-04',1,NULL,'yes','Y'),(2,'Marcus','Dean','1990-09-21',1,1,'no','Y'),(3,'Priya','Nair','1984-01-30',3,1,'yes','Y'),
(4,'Henk','Visser','1949-12-12',2,NULL,'no','N'),(5,'Lucy','Hart','2002-06-18',3,3,'no','Y'),(6,'Samir','Aziz','1975-03-09',4,3,'yes','Y'),
(7,'Joan','Peel','1963-10-02',2,4,'no','Y'),(8,'Tobias','Wren','2005-02-27',1,2,'no','Y'),(9,'Grace','Dean','1992-08-08',NULL,2,'yes','N');
INSERT INTO food_item VALUES
(1,'white bread','bakery','loaf',0.5,1),(2,'rice','dry goods','bag',1,0),(3,'apples','fruit','crate',8,1),(4,'tinned tomatoes','tins','can',0.4,0),
(5,'milk','dairy','litre',1.03,1),(6,'baby food','infant','jar',0.19,0),(7,'potatoes','vegetables','sack',10,1),(8,'pasta','dry goods','pack',0.5,0),
(9,'frozen peas','vegetables','bag',0.75,1),(10,'coffee','drinks','pack',0.25,0),(11,'cheese','dairy','pack',0.3,1);
INSERT INTO donation VALUES
(1,1,'2022-10-03',1,NULL),(2,2,'2022-10-05',1,'yesterday''s bread'),(3,3,'2022-12-18',3,'Christmas collection'),(4,4,'2023-01-24',6,NULL),
(5,1,'2023-03-07',2,NULL),(6,2,'2023-03-09',2,NULL),(7,7,'2023-05-30',6,'freezer breakdown'),(8,5,'2023-10-12',5,'harvest drive'),
(9,4,'2023-10-20',6,NULL),(10,3,'2023-12-17',3,'Christmas collection'),(11,1,'2024-02-13',1,NULL),(12,6,'2024-04-02',NULL,'left at the door'),
(13,2,'2024-05-16',7,NULL),(14,1,'2024-08-27',9,'short dated'),(15,4,'2024-10-01',6,NULL);
INSERT INTO donation_line VALUES
(1,2,40,'2024-01-31'),(1,4,120,'2025-03-01'),(1,5,60,'2022-10-14'),(2,1,55,'2022-10-07'),(3,6,30,'2023-09-09'),(3,8,48,'2024-06-30'),(3,10,22,NULL),
(4,3,15,NULL),(4,7,20,NULL),(5,5,80,'2023-03-15'),(5,8,100,'2025-01-01'),(6,1,70,'2023-03-11'),(7,9,300,'2024-05-01'),(8,4,65,'2026-02-01'),(8,8,35,'2025-08-01'),
(9,3,28,NULL),(9,7,32,NULL),(10,10,18,'2024-11-30'),(10,2,25,'2025-05-05'),(11,2,60,'2025-07-07'),(11,4,90,'2026-04-01'),(12,10,3,'2025-01-15'),(13,1,45,'2024-05-18'),(14,5,110,'2024-09-01'),(15,7,18,NULL);
INSERT INTO household VALUES
(1,'H-001','Abara',2,3,'Ashby','2021-09-14','halal'),(2,'H-002','Novak',1,0,'Ashby','2022-01-25',NULL),(3,'H-003','Pritchard',2,1,'Dunmore','2022-03-31',NULL),
(4,'H-004','Costa',1,2,'Ashby','2022-08-16','vegetarian'),(5,'H-005','Yilmaz',3,4,'Wexley','2023-02-04','halal'),(6,'H-006','Flynn',2,0,'Dunmore','2023-06-22','no gluten'),
(7,'H-007','Novak',2,2,'Dunmore','2023-11-09',NULL),(8,'H-008','Sato',1,1,'Ashby','2024-01-12','vegetarian'),(9,'H-009','Marsh',1,0,'Wexley','2024-03-16',NULL),(10,'H-010','Doyle',4,2,'Lowmere','2024-07-19',NULL),(11,'H-011','Reyes',2,5,'Ashby','2024-09-24','no pork');
INSERT INTO pickup VALUES
(1,1,1,1,'2022-10-04',2,0),(2,2,1,2,'2022-10-11',1,0),(3,3,3,3,'2022-12-22',2,0),(4,1,2,7,'2023-01-27',2,0),(5,4,1,2,'2023-03-14',1,0),
(6,5,4,6,'2023-03-18',3,1),(7,3,3,5,'2023-06-29',1,0),(8,6,3,3,'2023-07-06',1,0),(9,1,1,1,'2023-10-17',3,0),(10,5,4,6,'2023-10-21',4,1),
(11,7,3,5,'2023-12-21',2,0),(12,2,2,7,'2024-01-19',1,0),(13,8,1,8,'2024-02-20',1,0),(14,9,4,6,'2024-03-23',1,1),(15,4,2,2,'2024-04-05',2,0),
(16,5,4,6,'2024-05-18',3,0),(17,1,1,5,'2024-06-11',2,0),(18,7,3,3,'2024-06-20',2,1),(19,8,2,NULL,'2024-09-06',1,0),(20,1,1,1,'2024-10-15',3,0);

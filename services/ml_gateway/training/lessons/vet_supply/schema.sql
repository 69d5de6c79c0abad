CREATE TABLE sales_reps (
  rep_id INTEGER PRIMARY KEY,
  first_name TEXT,
  last_name TEXT,
  territory TEXT,
  hired_on DATE
);
CREATE TABLE clinics (
  clinic_id INTEGER PRIMARY KEY,
  clinic_name TEXT,
  town TEXT,
  country TEXT,
  clinic_type TEXT, -- small animal, equine, farm, mixed
  vets INTEGER,
  email TEXT,
  rep_id INTEGER,
  customer_since DATE,
  FOREIGN KEY (rep_id) REFERENCES sales_reps(rep_id)
);
CREATE TABLE manufacturers (
  manufacturer_id INTEGER PRIMARY KEY,
  name TEXT,
  country TEXT
);
CREATE TABLE products (
  product_id INTEGER PRIMARY KEY,
  sku TEXT,
  product_name TEXT,
  category TEXT,
  manufacturer_id INTEGER,
  list_price DECIMAL(8,2),
  qty_in_stock INTEGER,
  reorder_level INTEGER,
  prescription_only BOOLEAN,
  FOREIGN KEY (manufacturer_id) REFERENCES manufacturers(manufacturer_id)
);
CREATE TABLE orders (
  order_id INTEGER PRIMARY KEY,
  clinic_id INTEGER,
  order_date DATE,
  shipped_date DATE,
  status TEXT,
  FOREIGN KEY (clinic_id) REFERENCES clinics(clinic_id)
);
CREATE TABLE order_lines (
  order_id INTEGER,
  line_no INTEGER,
  product_id INTEGER,
  quantity INTEGER,
  unit_price DECIMAL(8,2),
  PRIMARY KEY (order_id, line_no),
  FOREIGN KEY (order_id) REFERENCES orders(order_id),
  FOREIGN KEY (product_id) REFERENCES products(product_id)
);
INSERT INTO sales_reps VALUES
(1,'Marta','Lindqvist','North','2016-03-01'),
(2,'Owen','Pritchard','West','2019-09-15'),
(3,'Sofia','Arden','South','2021-01-11'),
(4,'Marta','Keane','Ireland','2018-05-21'),
(5,'Tobias','Frayne','East','2023-02-06'),
(6,'Lena','Okoro','Midlands','2024-04-02'),
(7,'Nell','Arden','Scotland','2022-06-13'),
(8,'Hugo','Keane','Export','2023-10-09');
INSERT INTO clinics VALUES
(101,'Harbour Vets','Whitby','England','small animal',4,'desk@harbourvets.example',1,'2017-04-12'),
(102,'Moorside Equine','Hexham','England','equine',6,'office@moorside.example',1,'2018-10-03'),
(103,'Paws and Claws','Bristol','England','small animal',3,NULL,2,'2020-02-20'),
(104,'Clan Farm Practice','Oban','Scotland','farm',2,'clan@farmvets.example',1,'2016-07-30'),
(105,'Cardiff Animal Centre','Cardiff','Wales','mixed',9,'orders@cac.example',2,'2021-11-08'),
(106,'Shannon Veterinary','Limerick','Ireland','mixed',5,'info@shannonvet.example',4,'2019-06-17'),
(107,'Kerry Large Animals','Tralee','Ireland','farm',7,NULL,4,'2022-03-25'),
(108,'Downs Equine Hospital','Lewes','England','equine',12,'pharmacy@downs.example',3,'2021-05-14'),
(109,'City Cat Clinic','Bristol','England','small animal',1,'hello@citycat.example',2,'2023-08-01'),
(110,'Fenland Vets','Ely','England','mixed',8,'stock@fenland.example',5,'2023-03-09'),
(111,'Highland Herd Health','Inverness','Scotland','farm',3,NULL,NULL,'2024-01-22'),
(112,'Swansea Pet Care','Swansea','Wales','small animal',4,'team@spc.example',2,'2022-09-19');
INSERT INTO manufacturers VALUES
(1,'Veldara Pharma','Netherlands'),(2,'Brunnhof','Germany'),(3,'Aquila Animal Health','Spain'),
(4,'Thornbury Surgical','England'),(5,'Kestrel Feeds','Ireland'),(6,'Nordvet','Denmark'),(7,'Rhein Diagnostik','Germany'),(8,'Alba Bandage','Scotland');
INSERT INTO products VALUES
(1,'AB-100','Amoxivet 250 tablets','antibiotics',1,24.50,320,100,1),
(2,'AB-210','Doxybird powder','antibiotics',3,41.00,35,40,1),
(3,'WR-010','Wormaway paste','wormers',1,12.75,610,200,0),
(4,'WR-020','Equiworm gel','wormers',6,18.20,140,150,0),
(5,'WR-035','Ewe drench 5L','wormers',5,96.00,22,20,0),
(6,'SU-001','Suture kit fine','surgical',4,33.40,75,50,0),
(7,'SU-014','Scalpel blades box','surgical',4,9.90,410,120,0),
(8,'SU-022','Surgical gloves M','surgical',2,7.60,0,300,0),
(9,'PA-300','Calmadine injection','pain relief',2,58.00,64,30,1),
(10,'PA-310','Meloxidog syrup','pain relief',1,15.30,205,80,1),
(11,'FD-050','Renal diet cats','diets',5,28.90,88,60,0),
(12,'FD-061','Puppy milk powder','diets',5,19.95,47,50,0),
(13,'DG-004','Tick test strips','diagnostics',7,36.70,18,25,0),
(14,'DG-009','Blood glucose meter','diagnostics',7,112.00,9,5,0),
(15,'VX-777','Lepto vaccine','vaccines',3,67.50,120,60,1),
(16,'VX-780','Equine flu vaccine','vaccines',NULL,82.00,54,40,1);
INSERT INTO orders VALUES
(5001,101,'2022-02-14','2022-02-16','delivered'),
(5002,102,'2022-05-03','2022-05-04','delivered'),
(5003,104,'2022-09-27','2022-10-02','delivered'),
(5004,106,'2022-11-18','2022-11-21','delivered'),
(5005,101,'2023-01-09','2023-01-10','delivered'),
(5006,108,'2023-03-02','2023-03-07','delivered'),
(5007,105,'2023-03-15',NULL,'cancelled'),
(5008,102,'2023-06-21','2023-06-22','returned'),
(5009,103,'2023-08-30','2023-09-01','delivered'),
(5010,108,'2023-10-12','2023-10-13','delivered'),
(5011,106,'2023-12-04','2023-12-11','delivered'),
(5012,101,'2024-01-17','2024-01-18','delivered'),
(5013,110,'2024-02-05','2024-02-06','delivered'),
(5014,112,'2024-03-11','2024-03-13','returned'),
(5015,108,'2024-03-28','2024-03-29','delivered'),
(5016,104,'2024-05-06',NULL,'cancelled'),
(5017,105,'2024-05-20','2024-05-24','shipped'),
(5018,101,'2024-06-03',NULL,'open'),
(5019,110,'2024-06-04',NULL,'open'),
(5020,108,'2024-06-07',NULL,'open');
INSERT INTO order_lines VALUES
(5001,1,1,10,23.00),(5001,2,7,5,9.90),
(5002,1,4,40,17.50),
(5003,1,5,6,96.00),(5003,2,3,30,12.00),
(5004,1,9,4,58.00),(5004,2,1,12,24.50),
(5005,1,10,20,15.30),(5005,2,11,8,28.90),(5005,3,6,2,33.40),
(5006,1,16,25,80.00),(5006,2,4,15,18.20),
(5008,1,16,10,82.00),
(5009,1,11,12,28.90),(5009,2,12,6,19.95),
(5010,1,9,15,55.00),(5010,2,6,10,33.40),(5010,3,7,14,9.90),
(5011,1,2,7,41.00),
(5012,1,1,18,24.50),(5012,2,13,3,36.70),
(5013,1,15,20,67.50),(5013,2,3,24,12.75),(5013,3,5,2,96.00),
(5014,1,12,4,19.95),
(5015,1,9,9,57.00),
(5017,1,1,16,24.00),(5017,2,10,30,14.90),
(5018,1,10,11,15.30),
(5019,1,15,8,67.50),(5019,2,7,20,9.50),
(5020,1,4,22,18.20),(5020,2,6,3,33.40);

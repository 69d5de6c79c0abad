CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY,
  company_name TEXT NOT NULL,
  city TEXT,
  country TEXT,
  industry TEXT,
  credit_limit DECIMAL(10,2),
  customer_since DATE,
  is_active BOOLEAN
);
CREATE TABLE warehouses (
  warehouse_id INTEGER PRIMARY KEY,
  warehouse_name TEXT,
  city TEXT,
  floor_area_sqm INTEGER
);
CREATE TABLE items (
  item_no TEXT PRIMARY KEY,
  title TEXT,
  category TEXT,
  material TEXT,
  list_price DECIMAL(8,2),
  weight_kg REAL,
  discontinued BOOLEAN
);
CREATE TABLE stock (
  warehouse_id INTEGER,
  item_no TEXT,
  qty_on_hand INTEGER,
  PRIMARY KEY (warehouse_id, item_no),
  FOREIGN KEY (warehouse_id) REFERENCES warehouses(warehouse_id),
  FOREIGN KEY (item_no) REFERENCES items(item_no)
);
CREATE TABLE orders (
  order_id INTEGER PRIMARY KEY,
  customer_id INTEGER,
  warehouse_id INTEGER,
  ordered_on DATE,
  shipped_on DATE,
  status TEXT,
  FOREIGN KEY (customer_id) REFERENCES customers(customer_id),
  FOREIGN KEY (warehouse_id) REFERENCES warehouses(warehouse_id)
);
CREATE TABLE order_lines (
  order_id INTEGER,
  item_no TEXT,
  qty INTEGER,
  unit_price DECIMAL(8,2),
  PRIMARY KEY (order_id, item_no),
  FOREIGN KEY (order_id) REFERENCES orders(order_id),
  FOREIGN KEY (item_no) REFERENCES items(item_no)
);
CREATE TABLE returns (
  return_id INTEGER PRIMARY KEY,
  order_id INTEGER,
  item_no TEXT,
  qty INTEGER,
  returned_on DATE,
  reason TEXT,
  FOREIGN KEY (order_id) REFERENCES orders(order_id),
  FOREIGN KEY (item_no) REFERENCES items(item_no)
);
INSERT INTO customers VALUES
(1,'Brandt Logistik','Hamburg','Germany','Transport',25000,'2021-03-14',1),
(2,'Atelier Moreau','Lyon','France','Design',8000,'2022-06-01',1),
(3,'Nordic Legal','Oslo','Norway','Law',40000,'2020-11-20',1),
(4,'Casa Verde Clinics','Valencia','Spain','Health',15000,'2023-01-09',1),
(5,'Hafen Kanzlei','Hamburg','Germany','Law',18000,'2022-02-17',0),
(6,'Soler Software','Barcelona','Spain','Software',12000,'2023-04-25',1),
(7,'Lumen Analytics','Paris','France','Software',30000,'2021-09-30',1),
(8,'Bergmann Pharma','Munich','Germany','Health',60000,'2020-05-05',1),
(9,'Petit Cabinet','Lyon','France','Law',NULL,'2024-02-11',1),
(10,'Fjord Media','Bergen','Norway','Media',9500,'2023-08-19',0),
(11,'Alster Studio','Hamburg','Germany','Design',7000,'2024-03-03',1),
(12,'Mar Azul Hotels','Valencia','Spain','Hospitality',22000,'2022-10-12',1);
INSERT INTO warehouses VALUES
(1,'North Depot','Hamburg',5200),
(2,'Rhone Hub','Lyon',3100),
(3,'Levante Store','Valencia',2700),
(4,'Baltic Annex','Rostock',1400),
(5,'Isar Point','Munich',2300),
(6,'Adria Yard','Trieste',3600),
(7,'Fjord Shed','Oslo',900),
(8,'Meseta Block','Zaragoza',4100);
INSERT INTO items VALUES
('CH-100','Ergo Task Chair','Chairs','Mesh',289.00,14.5,0),
('CH-110','Visitor Chair','Chairs','Wood',119.00,7.2,0),
('CH-120','Executive Chair','Chairs','Leather',649.00,22.0,0),
('DK-200','Sit-Stand Desk','Desks','Wood',799.00,48.0,0),
('DK-210','Corner Desk','Desks','Wood',459.00,55.5,1),
('DK-220','Compact Desk','Desks','Steel',239.00,27.0,0),
('ST-300','Filing Cabinet','Storage','Steel',199.00,31.0,0),
('ST-310','Open Bookshelf','Storage','Wood',149.00,24.0,0),
('ST-320','Locker Tower','Storage','Steel',379.00,42.5,1),
('LT-400','Desk Lamp','Lighting','Steel',59.00,2.1,0),
('LT-410','Floor Lamp','Lighting','Steel',139.00,8.4,0),
('AC-500','Monitor Arm','Accessories','Steel',89.00,3.3,0),
('AC-510','Acoustic Panel','Accessories','Felt',109.00,4.0,0);
INSERT INTO stock VALUES
(1,'CH-100',120),(1,'CH-110',40),(1,'DK-200',35),(1,'ST-300',0),(1,'LT-400',210),(1,'AC-500',75),
(2,'CH-100',60),(2,'CH-120',12),(2,'DK-220',28),(2,'ST-310',44),(2,'LT-410',9),
(3,'CH-110',85),(3,'DK-200',14),(3,'DK-210',3),(3,'ST-300',22),(3,'LT-400',95),
(5,'CH-120',18),(5,'ST-310',31),(6,'DK-220',17),(7,'LT-400',64),(7,'AC-500',22);
INSERT INTO orders VALUES
(1001,1,1,'2022-04-12','2022-04-15','delivered'),
(1002,3,1,'2022-06-03','2022-06-10','delivered'),
(1003,7,2,'2022-09-21','2022-09-23','delivered'),
(1004,8,1,'2022-11-30','2022-12-09','delivered'),
(1005,5,1,'2023-01-17','2023-01-20','delivered'),
(1006,2,2,'2023-02-08','2023-02-14','delivered'),
(1007,4,3,'2023-03-27','2023-03-29','delivered'),
(1008,8,5,'2023-05-15','2023-05-19','delivered'),
(1009,12,3,'2023-07-04',NULL,'cancelled'),
(1010,6,3,'2023-07-22','2023-07-25','delivered'),
(1011,1,1,'2023-10-10','2023-10-12','delivered'),
(1012,7,2,'2023-12-01','2023-12-13','delivered'),
(1013,3,7,'2024-01-19','2024-01-24','delivered'),
(1014,8,2,'2024-02-26','2024-03-01','shipped'),
(1015,9,2,'2024-03-05','2024-03-08','shipped'),
(1016,4,3,'2024-03-18',NULL,'open'),
(1017,1,1,'2024-04-02',NULL,'open'),
(1018,12,3,'2024-04-09','2024-04-11','shipped'),
(1019,8,1,'2024-05-06',NULL,'open'),
(1020,10,1,'2023-09-14',NULL,'cancelled');
INSERT INTO order_lines VALUES
(1001,'CH-100',20,275.00),(1001,'DK-200',10,760.00),(1001,'LT-400',20,55.00),
(1002,'CH-120',6,649.00),(1002,'ST-310',8,149.00),
(1003,'DK-220',15,229.00),(1003,'AC-500',15,85.00),
(1004,'CH-100',45,265.00),(1004,'ST-300',12,189.00),(1004,'LT-410',5,139.00),
(1005,'CH-110',9,119.00),
(1006,'DK-200',3,799.00),(1006,'LT-410',3,135.00),
(1007,'CH-110',30,105.00),(1007,'ST-300',6,199.00),
(1008,'DK-200',18,739.00),(1008,'AC-500',36,80.00),
(1009,'CH-120',2,649.00),
(1010,'DK-210',7,430.00),(1010,'LT-400',7,59.00),
(1011,'CH-100',5,289.00),
(1012,'CH-100',12,280.00),(1012,'DK-220',4,239.00),
(1013,'CH-120',3,620.00),(1013,'LT-400',9,57.00),(1013,'ST-310',2,149.00),
(1014,'CH-100',16,270.00),
(1015,'DK-220',2,239.00),(1015,'CH-110',4,119.00),
(1016,'CH-110',12,112.00),
(1017,'DK-200',4,799.00),(1017,'CH-100',4,289.00),
(1018,'ST-310',10,140.00),(1018,'LT-410',14,129.00),
(1019,'ST-300',25,179.00),
(1020,'CH-110',3,119.00);
INSERT INTO returns VALUES
(1,1001,'CH-100',2,'2022-05-02','damaged'),
(2,1001,'LT-400',1,'2022-05-02','wrong colour'),
(3,1003,'AC-500',3,'2022-10-11','damaged'),
(4,1004,'CH-100',5,'2022-12-20','not needed'),
(5,1006,'DK-200',1,'2023-03-01','damaged'),
(6,1008,'AC-500',6,'2023-06-07','not needed'),
(7,1010,'DK-210',1,'2023-08-15','missing parts'),
(8,1012,'CH-100',4,'2024-01-08','wrong colour'),
(9,1013,'CH-120',1,'2024-02-05',NULL);

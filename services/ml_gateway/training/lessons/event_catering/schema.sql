CREATE TABLE client (
  id INTEGER PRIMARY KEY,
  company TEXT,
  contact_first TEXT,
  contact_last TEXT,
  town TEXT,
  vip INTEGER,
  client_since DATE
);
CREATE TABLE venue (
  id INTEGER PRIMARY KEY,
  name TEXT,
  town TEXT,
  capacity INTEGER,
  has_kitchen INTEGER,
  hire_fee DECIMAL(8,2)
);
CREATE TABLE menu (
  id INTEGER PRIMARY KEY,
  title TEXT,
  style TEXT,
  price_pp DECIMAL(6,2),
  min_guests INTEGER
);
CREATE TABLE dish (
  id INTEGER PRIMARY KEY,
  name TEXT,
  kind TEXT,
  diet TEXT,
  kcal INTEGER,
  unit_cost DECIMAL(6,2)
);
CREATE TABLE menu_dish (
  menu_id INTEGER NOT NULL,
  dish_id INTEGER NOT NULL,
  seq INTEGER,
  PRIMARY KEY (menu_id, dish_id),
  FOREIGN KEY (menu_id) REFERENCES menu(id),
  FOREIGN KEY (dish_id) REFERENCES dish(id)
);
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL,
  venue_id INTEGER,
  menu_id INTEGER,
  title TEXT,
  event_type TEXT,
  booked_on DATE,
  event_date DATE,
  guests INTEGER,
  invoice_total DECIMAL(10,2),
  paid TEXT,
  FOREIGN KEY (client_id) REFERENCES client(id),
  FOREIGN KEY (venue_id) REFERENCES venue(id),
  FOREIGN KEY (menu_id) REFERENCES menu(id)
);
CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  fname TEXT,
  lname TEXT,
  job TEXT,
  hourly_pay DECIMAL(5,2),
  dob DATE,
  phone TEXT
);
CREATE TABLE shift (
  event_id INTEGER NOT NULL,
  staff_id INTEGER NOT NULL,
  hrs REAL,
  station TEXT,
  tips DECIMAL(6,2),
  PRIMARY KEY (event_id, staff_id),
  FOREIGN KEY (event_id) REFERENCES event(id),
  FOREIGN KEY (staff_id) REFERENCES staff(id)
);
INSERT INTO client VALUES
(1,'Altmann Engineering','Greta','Altmann','Kelmouth',1,'2019-02-11'),(2,'Birch & Partners','Simon','Birch','Kelmouth',0,'2021-06-01'),
(3,NULL,'Lucia','Ferro','Penhollow',0,'2022-03-14'),(4,'Solar Nord','Ines','Quist','Granby',1,'2020-10-05'),
(5,'Red Kite Theatre','Malik','Jordan','Penhollow',0,'2023-01-19'),(6,NULL,'Tessa','Jordan','Kelmouth',0,'2023-04-22'),
(7,'Novum Bank','Arthur','Pell','Granby',1,'2018-09-30'),(8,'Pixelworks','Sana','Mirza','Marsham',0,'2023-11-08'),(9,NULL,'Simon','Vance','Ostley',0,'2024-01-15');
INSERT INTO venue VALUES
(1,'Orangery Hall','Kelmouth',180,1,1400),(2,'Boathouse','Penhollow',90,0,650),(3,'Granby Manor','Granby',260,1,2900),
(4,'Rooftop 21','Granby',120,1,1850),(5,'Village Barn','Ostley',140,0,480),(6,'Old Customs House','Kelmouth',75,1,900),(7,'Quarry Stage','Penhollow',400,0,NULL),(8,'Glass Pavilion','Granby',95,0,1150);
INSERT INTO menu VALUES
(1,'Summer Garden','buffet',32.5,30),(2,'Grand Gala','seated',89,50),(3,'Street Bites','finger food',24,20),(4,'Green Table','seated',54,15),
(5,'Sunday Brunch','buffet',28,10),(6,'Winter Fireside','seated',61.5,20),(7,'Ocean Plate','seated',76,25);
INSERT INTO dish VALUES
(1,'Tomato tart','starter','vegetarian',310,2.4),(2,'Smoked salmon roll','starter','fish',240,3.9),(3,'Beef fillet','main','meat',620,9.8),
(4,'Mushroom risotto','main','vegetarian',540,4.1),(5,'Chickpea curry','main','vegan',480,2.9),(6,'Chicken skewers','main','meat',430,3.6),
(7,'Lemon cheesecake','dessert','vegetarian',410,2.2),(8,'Fruit platter','dessert','vegan',150,1.9),(9,'Fish pie','main','fish',590,5.2),
(10,'Pumpkin soup','starter','vegan',180,1.3),(11,'Chocolate torte','dessert','vegetarian',520,2.7),(12,'Mini burgers','main','meat',390,3.1),
(13,'Scrambled eggs','main','vegetarian',260,1.6),(14,'Oyster shot','starter','fish',60,4.6),(15,'Cheese board','dessert','vegetarian',470,NULL);
INSERT INTO menu_dish VALUES
(1,1,1),(1,6,2),(1,5,3),(1,8,4),(2,2,1),(2,3,2),(2,4,3),(2,11,4),(2,15,5),(3,12,1),(3,6,2),(3,8,3),
(4,10,1),(4,4,2),(4,5,3),(4,7,4),(5,13,1),(5,2,2),(5,8,3),(6,10,1),(6,3,2),(6,11,3),(7,14,1),(7,2,2),(7,9,3),(7,7,4);
INSERT INTO event VALUES
(1,1,1,1,'Altmann summer party','company party','2022-03-02','2022-07-08',120,5600,'yes'),
(2,1,3,2,'Altmann 50 years','anniversary','2022-11-10','2023-05-20',210,22800,'yes'),
(3,2,6,3,'Birch office opening','reception','2023-01-15','2023-02-24',60,2450,'yes'),
(4,3,2,4,'Ferro wedding','wedding','2022-12-01','2023-06-17',80,6100,'yes'),
(5,4,4,3,'Solar Nord kick-off','company party','2023-08-08','2023-09-14',95,4700,'yes'),
(6,5,7,1,'Premiere night','reception','2023-02-20','2023-04-01',150,5100,'yes'),
(7,6,5,5,'Tessa turns 40','birthday','2023-05-03','2023-08-26',45,1900,'yes'),
(8,7,3,2,'Novum shareholders dinner','gala','2023-03-30','2023-10-12',240,26400,'yes'),
(9,7,4,6,'Novum Christmas','company party','2023-09-05','2023-12-15',110,9200,'no'),
(10,4,1,6,'Solar Nord Christmas','company party','2023-10-01','2023-12-08',70,5800,'yes'),
(11,3,5,5,'Baptism Ferro','family','2024-01-20','2024-04-14',30,1050,'no'),
(12,1,1,1,'Altmann open day','reception','2024-02-02','2024-05-25',160,6900,'no'),
(13,2,NULL,NULL,'Birch away day','company party','2024-03-11','2024-09-06',NULL,NULL,'no'),
(14,9,2,4,'Vance wedding','wedding','2024-01-28','2024-06-22',65,5350,'no'),
(15,7,3,1,'Novum spring reception','reception','2023-12-20','2024-03-22',130,5400,'no'),
(16,6,1,3,'Tessa housewarming','family','2024-02-20','2024-03-30',25,900,'yes');
INSERT INTO staff VALUES
(1,'Olga','Petrenko','chef',24.5,'1980-05-12','201-11'),(2,'Ravi','Menon','chef',26,'1976-01-29','201-12'),(3,'Jude','Castell','waiter',14,'2000-08-08','201-13'),
(4,'Mona','Castell','waiter',14.5,'1997-02-21',NULL),(5,'Patrick','Ahern','bartender',16.75,'1989-11-03','201-15'),(6,'Zoe','Lind','waiter',13.8,'2003-06-30','201-16'),
(7,'Bela','Toth','driver',15.2,'1968-09-17',NULL),(8,'Carmen','Ruiz','manager',29,'1984-04-04','201-18'),(9,'Elias','Moor','bartender',15.9,'1995-12-25','201-19'),
(10,'Nina','Petrenko','kitchen help',12.9,'2004-03-19','201-20'),
(11,'Ravi','Castell','waiter',13.9,'2001-05-05','201-21'),(12,'Ivo','Brandl','chef',23,'1992-07-07','201-22');
INSERT INTO shift VALUES
(1,1,9,'kitchen',0),(1,3,7,'buffet',22),(1,5,6,'bar',40),(2,1,11,'kitchen',0),(2,2,11.5,'kitchen',0),(2,3,9,'floor',65),(2,4,9,'floor',58),(2,8,12,'floor',NULL),
(3,3,4,'floor',10),(3,10,5,'kitchen',0),(4,2,8,'kitchen',0),(4,4,7.5,'floor',35),(4,9,8,'bar',51),(5,2,6,'kitchen',0),(5,5,6.5,'bar',28),
(6,1,5,'buffet',12),(6,4,5,'buffet',14),(7,3,6,'buffet',18),(8,1,10,'kitchen',0),(8,2,10,'kitchen',0),(8,4,8,'floor',72),(8,9,9,'bar',90),(8,5,9,'bar',84),(8,8,11,'floor',NULL),
(9,2,7,'kitchen',0),(9,5,8,'bar',61),(10,1,6.5,'kitchen',0),(10,3,6,'floor',25),(12,1,8,'kitchen',NULL),(12,7,3,'van',NULL),(12,11,6,'buffet',20),(4,12,8,'kitchen',0);

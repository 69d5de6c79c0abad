CREATE TABLE plots (
  plot_id INTEGER PRIMARY KEY,
  plot_name TEXT,
  grape TEXT,
  hectares REAL,
  soil TEXT,
  planted_year INTEGER
);
CREATE TABLE cellar_hands (
  hand_id INTEGER PRIMARY KEY,
  nickname TEXT,
  role TEXT,
  joined_on DATE,
  trained_by INTEGER REFERENCES cellar_hands(hand_id)
);
CREATE TABLE wines (
  wine_id INTEGER PRIMARY KEY,
  label TEXT,
  colour TEXT,
  sweetness TEXT
);
CREATE TABLE vintages (
  vintage_id INTEGER PRIMARY KEY,
  wine_id INTEGER REFERENCES wines(wine_id),
  harvest_year TEXT,
  alcohol_pct REAL,
  bottles_made INTEGER,
  bottles_left INTEGER,
  bottle_price DECIMAL(6,2),
  winemaker_id INTEGER REFERENCES cellar_hands(hand_id)
);
CREATE TABLE blends (
  vintage_id INTEGER REFERENCES vintages(vintage_id),
  plot_id INTEGER REFERENCES plots(plot_id),
  share_pct INTEGER,
  PRIMARY KEY (vintage_id, plot_id)
);
CREATE TABLE guests (
  guest_id INTEGER PRIMARY KEY,
  forename TEXT,
  surname TEXT,
  country TEXT,
  club_member TEXT, -- yes / no
  e_mail TEXT
);
CREATE TABLE tastings (
  tasting_id INTEGER PRIMARY KEY,
  held_on DATE,
  theme TEXT,
  host_id INTEGER REFERENCES cellar_hands(hand_id),
  entry_fee DECIMAL(5,2),
  max_guests INTEGER
);
CREATE TABLE tasting_notes (
  tasting_id INTEGER REFERENCES tastings(tasting_id),
  guest_id INTEGER REFERENCES guests(guest_id),
  vintage_id INTEGER REFERENCES vintages(vintage_id),
  points INTEGER,
  remark TEXT,
  PRIMARY KEY (tasting_id, guest_id, vintage_id)
);
CREATE TABLE shop_orders (
  order_no INTEGER PRIMARY KEY,
  guest_id INTEGER REFERENCES guests(guest_id),
  gift_for INTEGER REFERENCES guests(guest_id),
  vintage_id INTEGER REFERENCES vintages(vintage_id),
  bottles INTEGER,
  paid_price DECIMAL(8,2),
  ordered_on DATE,
  sent_on DATE
);
INSERT INTO plots VALUES
(1,'Sonnhang','Riesling',2.4,'slate',1988),(2,'Long Furrow','Pinot Noir',3.1,'limestone',2001),(3,'Chapel Field','Riesling',1.2,'loess',1974),
(4,'Stony Top','Silvaner',0.9,'slate',2012),(5,'River Bend','Merlot',2.8,'gravel',2006),(6,'Old Quince','Pinot Noir',1.6,'limestone',1965),
(7,'Foxhole','Chardonnay',2.0,'limestone',2009),(8,'New Ground','Merlot',1.5,'clay',2022);
INSERT INTO cellar_hands VALUES
(1,'Augusta','winemaker','1998-08-01',NULL),(2,'Benno','winemaker','2010-03-15',1),(3,'Cosima','sommelier','2015-05-05',NULL),
(4,'Dirk','cellar worker','2019-09-01',2),(5,'Effie','sommelier','2021-04-12',3),(6,'Ferdi','apprentice','2023-08-01',2),(7,'Gusti','apprentice','2024-08-01',1),(8,'Hella','cellar worker','2017-06-01',NULL);
INSERT INTO wines VALUES
(1,'Sonnhang Riesling','white','dry'),(2,'Chapel Riesling','white','sweet'),(3,'Furrow Red','red','dry'),(4,'Three Plots','white','off-dry'),
(5,'River Merlot','red','dry'),(6,'Dawn Rose','rose','off-dry'),(7,'Old Quince Reserve','red','dry'),(8,'Fox Sparkling','sparkling','dry'),(9,'Ice Lantern','white','sweet');
INSERT INTO vintages VALUES
(101,1,'2019',12.0,4200,310,11.50,1),(102,1,'2021',11.5,3900,1450,12.20,2),(103,2,'2018',8.5,1100,90,19.00,1),(104,2,'2022',9.0,950,700,17.50,2),
(105,3,'2019',13.5,5200,0,14.00,1),(106,3,'2020',13.0,4800,1220,14.80,2),(107,4,'2021',12.5,2600,880,9.90,2),(108,5,'2020',14.0,3700,640,13.40,2),
(109,6,'2022',11.8,3000,1750,8.70,4),(110,7,'2018',13.8,1400,260,32.00,1),(111,7,'2020',14.2,1250,1010,29.50,1),(112,8,'2021',12.2,1800,930,18.90,NULL),(113,6,'2023',11.6,3300,3300,8.90,4);
INSERT INTO blends VALUES
(101,1,100),(102,1,90),(102,4,10),(103,3,100),(104,3,100),(105,2,100),(106,2,85),(106,6,15),(107,1,40),(107,3,25),(107,4,35),(108,5,100),(109,2,60),(109,5,40),(110,6,100),(111,6,95),(111,5,5),(112,7,100),(113,2,55),(113,5,45);
INSERT INTO guests VALUES
(51,'Hannes','Vogt','Germany','yes','hannes@vogt.example'),(52,'Marie','Leclerc','France','no',NULL),(53,'Tim','Ashworth','England','yes','tim@ashworth.example'),(54,'Marie','Vogt','Germany','no','marie@vogt.example'),
(55,'Sven','Dahl','Sweden','yes','sven@dahl.example'),(56,'Paola','Ricci','Italy','no','paola@ricci.example'),(57,'Joan','Ashworth','England','no',NULL),(58,'Anja','Kern','Germany','yes','anja@kern.example'),
(59,'Luc','Peeters','Belgium','no','luc@peeters.example'),(60,'Greta','Dahl','Sweden','no',NULL),(61,'Otto','Kern','Austria','yes','otto@kern.example');
INSERT INTO tastings VALUES
(1,'2022-05-21','Spring whites',3,15.00,20),(2,'2022-10-08','Harvest evening',1,25.00,30),(3,'2023-03-18','Reds by the fire',3,22.00,16),(4,'2023-06-24','Summer terrace',5,12.50,40),
(5,'2023-11-04','Rare bottles',1,60.00,8),(6,'2024-04-13','Young vintages',5,18.00,24),(7,'2024-07-06','Sweet and cheese',3,28.00,18),(8,'2024-09-14','Wine and walk',5,14.00,35);
INSERT INTO tasting_notes VALUES
(1,51,101,88,'fresh apple'),(1,52,101,85,NULL),(1,51,103,93,'honey, long finish'),(1,53,103,91,'honeycomb'),(2,53,105,90,'cherry'),(2,54,105,84,'a bit thin'),
(2,51,107,79,NULL),(3,55,105,92,'silky'),(3,55,110,96,'great depth'),(3,56,108,86,'plum'),(3,53,110,95,'cedar, cherry'),(4,57,109,82,'strawberry'),
(4,52,109,87,'light, fun'),(4,56,109,86,NULL),(4,58,107,83,'peach'),(5,55,110,98,'outstanding'),(5,51,111,94,'needs time'),(5,58,103,90,'honey'),(6,59,102,81,'lime'),
(6,54,104,89,NULL),(6,56,112,88,'brioche'),(6,55,106,80,'sour cherry');
INSERT INTO shop_orders VALUES
(9001,51,NULL,101,12,132.00,'2022-05-22','2022-05-24'),(9002,53,NULL,103,6,114.00,'2022-05-30','2022-06-03'),(9003,51,54,105,3,42.00,'2022-11-25','2022-11-28'),
(9004,55,NULL,110,6,180.00,'2023-03-19','2023-03-22'),(9005,53,57,105,12,159.60,'2023-04-02','2023-04-03'),(9006,56,NULL,108,6,80.40,'2023-04-11','2023-04-17'),
(9007,52,NULL,109,18,148.50,'2023-07-01','2023-07-02'),(9008,55,60,109,6,52.20,'2023-08-15','2023-08-18'),(9009,58,NULL,103,3,57.00,'2023-11-06','2023-11-06'),
(9010,55,NULL,111,12,336.00,'2023-11-07','2023-11-10'),(9011,51,58,112,2,37.80,'2023-12-12','2023-12-14'),(9012,54,NULL,104,6,105.00,'2024-04-15','2024-04-19'),
(9013,56,NULL,112,12,215.00,'2024-04-20','2024-04-23'),(9014,59,NULL,102,24,278.00,'2024-05-02',NULL),(9015,53,NULL,106,6,88.80,'2024-05-09',NULL),(9016,58,61,110,1,32.00,'2024-05-11',NULL);

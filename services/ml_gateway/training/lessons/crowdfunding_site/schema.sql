CREATE TABLE users (
  user_id INTEGER PRIMARY KEY,
  username TEXT,
  real_name TEXT,
  country TEXT,
  signup_date DATE,
  verified TEXT
);
CREATE TABLE categories (
  category_id INTEGER PRIMARY KEY,
  category TEXT,
  parent_id INTEGER REFERENCES categories(category_id)
);
CREATE TABLE campaigns (
  campaign_id INTEGER PRIMARY KEY,
  title TEXT,
  creator_id INTEGER REFERENCES users(user_id),
  category_id INTEGER REFERENCES categories(category_id),
  goal_amount INTEGER,
  launch_date DATE,
  end_date DATE,
  state TEXT
);
CREATE TABLE rewards (
  reward_id INTEGER PRIMARY KEY,
  campaign_id INTEGER,
  reward_name TEXT,
  min_pledge INTEGER,
  max_units INTEGER
);
CREATE TABLE pledges (
  pledge_id INTEGER PRIMARY KEY,
  campaign_id INTEGER,
  backer_id INTEGER,
  reward_id INTEGER,
  amount INTEGER,
  pledged_on DATE,
  refunded BOOLEAN
);
CREATE TABLE campaign_updates (
  update_id INTEGER PRIMARY KEY,
  campaign_id INTEGER,
  headline TEXT,
  posted DATE,
  likes INTEGER
);
INSERT INTO users VALUES
(1,'mossy_lane','Tara Quill','Ireland','2020-05-11','yes'),
(2,'gearhead77','Stefan Brock','Germany','2020-09-30','yes'),
(3,'inkpot','Maribel Santos','Portugal','2021-02-14','yes'),
(4,'tinroof','Jack Amory','Ireland','2021-06-01','no'),
(5,'blue_heron','Solveig Dahl','Norway','2021-08-19','yes'),
(6,'pixelpie','Kenji Mori','Japan','2021-12-24','yes'),
(7,'oakandash','Wilma Stroud',NULL,'2022-03-03','no'),
(8,'redlantern','Hui Fang','Singapore','2022-05-27','yes'),
(9,'dustyvinyl','Stefan Brock','Austria','2022-10-08','no'),
(10,'nightbaker','Olga Petrenko','Germany','2023-01-16','yes'),
(11,'papercrane','Yumi Arai','Japan','2023-04-04','no'),
(12,'saltandstone','Rhys Morgan',NULL,'2023-09-21','yes'),
(13,'lurker0','Ben Tuck','Ireland','2024-02-02','no');
INSERT INTO categories VALUES (1,'Technology',NULL),(2,'Gadgets',1),(3,'Board games',6),(4,'Books',NULL),(5,'Comics',4),(6,'Games',NULL),(7,'Food',NULL),(8,'Wearables',1);
INSERT INTO campaigns VALUES
(1,'Pocket Weather Station',2,2,30000,'2021-10-01','2021-11-15','successful'),
(2,'The Marsh Witch',3,5,5000,'2022-01-20','2022-02-20','successful'),
(3,'Rain-proof Notebook',1,4,8000,'2022-03-10','2022-04-24','failed'),
(4,'Castle of Crumbs',6,3,20000,'2022-06-15','2022-07-30','successful'),
(5,'Sourdough Lab',10,7,12000,'2023-02-01','2023-03-18','successful'),
(6,'Self-tuning Ukulele',2,2,45000,'2023-03-25','2023-05-09','failed'),
(7,'Harbour Lights',6,3,15000,'2023-06-05','2023-07-20','successful'),
(8,'Letters from Mars',3,5,7000,'2023-10-10','2023-11-24','cancelled'),
(9,'Seaweed Crisps',5,7,9000,'2024-01-08','2024-02-22','successful'),
(10,'Glow Laces',12,8,6000,'2024-03-12','2024-04-26','failed'),
(11,'Marsh Witch II',3,5,6500,'2024-06-01',NULL,'live'),
(12,'Moss Clock',1,2,18000,'2024-06-18',NULL,'live'),
(13,'Oat Fudge Box',10,7,4000,'2023-09-01','2023-10-15','successful');
INSERT INTO rewards VALUES
(1,1,'Station',90,400),(2,1,'Two stations',170,100),(3,2,'Paperback',20,NULL),(4,2,'Signed print',55,60),(5,4,'Base game',45,NULL),
(6,4,'Deluxe box',95,150),(7,5,'Starter jar',15,500),(8,5,'Workshop',150,12),(9,6,'Ukulele',220,200),(10,7,'Base game',40,NULL),
(11,7,'Deluxe box',85,200),(12,9,'Ten bags',30,NULL),(13,11,'Paperback',22,NULL),(14,12,'Clock',130,250),(15,8,'Ebook',10,NULL);
INSERT INTO pledges VALUES
(1,1,3,1,90,'2021-10-03',0),(2,1,5,2,175,'2021-10-20',0),(3,1,4,NULL,10,'2021-11-02',0),(4,2,1,3,20,'2022-01-25',0),(5,2,6,4,60,'2022-02-01',0),
(6,2,5,3,25,'2022-02-18',0),(7,3,4,NULL,15,'2022-03-15',1),(8,3,7,NULL,40,'2022-04-01',1),(9,4,2,6,100,'2022-06-20',0),(10,4,3,5,45,'2022-06-30',0),
(11,4,8,6,95,'2022-07-11',0),(12,4,9,5,50,'2022-07-29',0),(13,5,1,8,150,'2023-02-10',0),(14,5,8,7,15,'2023-02-27',0),(15,6,10,9,230,'2023-04-05',1),
(16,6,5,9,220,'2023-04-22',1),(17,7,9,11,85,'2023-06-09',0),(18,7,2,10,40,'2023-06-30',0),(19,7,11,10,48,'2023-07-19',0),(20,8,6,15,12,'2023-10-15',1),
(21,9,10,12,35,'2024-01-11',0),(22,9,1,12,30,'2024-02-03',0),(23,11,6,13,22,'2024-06-04',0),(24,11,5,13,80,'2024-06-09',0),(25,9,5,NULL,5,'2024-02-20',0),(26,13,4,NULL,25,'2023-09-20',0);
INSERT INTO campaign_updates VALUES
(1,1,'We are funded!','2021-11-10',210),(2,1,'Shipping delay','2022-03-05',18),(3,1,'All stations sent','2022-06-22',95),(4,2,'Cover reveal','2022-02-05',77),
(5,2,'Printing has begun','2022-04-13',64),(6,4,'Stretch goal reached','2022-07-20',130),(7,4,'Rule book draft','2022-09-08',88),(8,4,'Shipping delay','2023-01-30',25),
(9,4,'Boxes have landed','2023-03-17',141),(10,5,'Meet the bakers','2023-02-20',39),(11,6,'Why we failed','2023-05-12',112),(12,7,'Shipping delay','2024-01-12',31),
(13,9,'Crisp news','2024-02-10',NULL),(14,8,'We stop here','2023-11-05',58);

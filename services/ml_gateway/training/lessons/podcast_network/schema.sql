CREATE TABLE Shows (
  ShowId INTEGER PRIMARY KEY,
  Title TEXT,
  Genre TEXT,
  Language TEXT,
  LaunchYear INTEGER,
  Explicit INTEGER,
  SpinOffOf INTEGER REFERENCES Shows(ShowId)
);
CREATE TABLE Hosts (
  HostId INTEGER PRIMARY KEY,
  StageName TEXT,
  RealName TEXT,
  Country TEXT,
  FeePerEpisode DECIMAL(7,2)
);
CREATE TABLE ShowHosts (
  ShowId INTEGER REFERENCES Shows(ShowId),
  HostId INTEGER REFERENCES Hosts(HostId),
  SinceDate DATE,
  PRIMARY KEY (ShowId, HostId)
);
CREATE TABLE Episodes (
  EpisodeId INTEGER PRIMARY KEY,
  ShowId INTEGER REFERENCES Shows(ShowId),
  EpisodeNo INTEGER,
  Title TEXT,
  PublishedOn DATE,
  LengthMin INTEGER,
  EditorId INTEGER REFERENCES Hosts(HostId)
);
CREATE TABLE Sponsors (
  SponsorId INTEGER PRIMARY KEY,
  SponsorName TEXT,
  Branch TEXT,
  ContactMail TEXT
);
CREATE TABLE Sponsorships (
  EpisodeId INTEGER REFERENCES Episodes(EpisodeId),
  SponsorId INTEGER REFERENCES Sponsors(SponsorId),
  Slot TEXT,
  Price DECIMAL(8,2),
  PRIMARY KEY (EpisodeId, SponsorId)
);
CREATE TABLE Downloads (
  EpisodeId INTEGER REFERENCES Episodes(EpisodeId),
  Platform TEXT,
  Month TEXT,
  Count INTEGER,
  PRIMARY KEY (EpisodeId, Platform, Month)
);
CREATE TABLE Reviews (
  ReviewId INTEGER PRIMARY KEY,
  ShowId INTEGER REFERENCES Shows(ShowId),
  Nickname TEXT,
  Stars INTEGER,
  PostedOn DATE,
  Comment TEXT
);
INSERT INTO Shows VALUES
(1,'Cold Kettle','True Crime','English',2019,1,NULL),
(2,'Ledger Lines','Business','English',2020,0,NULL),
(3,'Sternenstaub','Science','German',2021,0,NULL),
(4,'Cold Kettle Extra','True Crime','English',2022,1,1),
(5,'La Sobremesa','Food','Spanish',2021,0,NULL),
(6,'Bug Report','Technology','English',2022,0,NULL),
(7,'Sternenstaub Kids','Science','German',2023,0,3),
(8,'Quiet Hours','Wellness','English',2024,0,NULL);
INSERT INTO Hosts VALUES
(1,'Max Vale','Maximilian Valentin','Austria',450.00),
(2,'Dottie','Dorothy Quill','Ireland',620.00),
(3,'Prof. Ute','Ute Sander','Germany',300.00),
(4,'Chef Lalo','Eduardo Rivas','Mexico',380.00),
(5,'Byte','Anil Menon','India',410.00),
(6,'Rosie K','Rosa Klein','Germany',275.00),
(7,'Hugh Barrow','Hugh Barrow','Ireland',NULL),
(8,'Nell','Eleanor Pike','Canada',350.00);
INSERT INTO ShowHosts VALUES
(1,2,'2019-03-01'),(1,1,'2020-05-10'),(2,1,'2020-09-14'),(3,3,'2021-01-20'),(3,6,'2022-04-04'),
(4,2,'2022-06-18'),(5,4,'2021-10-02'),(6,5,'2022-02-22'),(6,8,'2023-03-15'),(7,6,'2023-05-30'),(6,1,'2023-11-11'),(7,1,'2024-01-10');
INSERT INTO Episodes VALUES
(1,1,41,'The Locked Pantry','2023-01-12',58,6),
(2,1,42,'Nine Umbrellas','2023-02-09',64,6),
(3,1,43,'A Visitor at Dusk','2024-01-18',71,8),
(4,2,20,'Pricing for Beginners','2023-03-03',35,NULL),
(5,2,21,'The Bakery Merger','2023-06-16',42,8),
(6,2,22,'Cash Is a Mood','2024-02-02',38,8),
(7,3,30,'Was ist ein Quasar?','2023-04-21',49,6),
(8,3,31,'Leben auf Eismonden','2023-10-05',55,3),
(9,4,5,'Letters to Kettle','2023-05-25',27,6),
(10,4,6,'Listener Alibis','2024-03-14',31,7),
(11,5,14,'Mole sin prisa','2023-07-08',46,4),
(12,5,15,'El pan de la abuela','2023-12-19',52,4),
(13,6,9,'Off by One','2023-08-30',33,5),
(14,6,10,'The Great Rollback','2023-11-22',44,5),
(15,6,11,'Legacy of Legacy','2024-04-10',39,8),
(16,7,1,'Warum ist der Mond rund?','2023-06-01',18,6),
(17,7,2,'Was ist ein Komet?','2024-01-25',21,6);
INSERT INTO Sponsors VALUES
(1,'Mattress Moon','Household','ads@mattressmoon.example'),
(2,'PayPigeon','Finance','media@paypigeon.example'),
(3,'Olive & Oak','Food','hello@oliveoak.example'),
(4,'CloudCastle','Software','growth@cloudcastle.example'),
(5,'Nordlicht Books','Publishing',NULL),
(6,'Sock Union','Fashion','team@sockunion.example'),
(7,'TaxTiger','Finance','radio@taxtiger.example'),
(8,'GreenSpoon','Food','talk@greenspoon.example');
INSERT INTO Sponsorships VALUES
(1,1,'mid',1800),(2,1,'mid',1850),(2,2,'pre',1200),(3,4,'mid',2100),(4,2,'pre',900),(5,2,'mid',1150),(5,7,'post',400),
(6,7,'mid',1000),(7,5,'pre',500),(8,5,'pre',550),(9,1,'pre',700),(11,3,'mid',650),(12,3,'mid',720),(13,4,'mid',950),
(14,4,'mid',1050),(14,2,'pre',820),(15,1,'post',300);
INSERT INTO Downloads VALUES
(1,'PodBox','2023-01',12400),(1,'Early','2023-01',8300),(2,'PodBox','2023-02',13100),(2,'Early','2023-02',9100),
(3,'PodBox','2024-01',15900),(3,'WebPlayer','2024-01',2200),(4,'PodBox','2023-03',4100),(5,'PodBox','2023-06',4700),
(5,'Early','2023-06',2600),(6,'Early','2024-02',3050),(7,'PodBox','2023-04',6200),(8,'PodBox','2023-10',7050),
(8,'WebPlayer','2023-10',1300),(9,'Early','2023-05',5500),(11,'PodBox','2023-07',2900),(11,'WebPlayer','2023-07',1750),
(12,'PodBox','2023-12',3300),(13,'Early','2023-08',6900),(14,'Early','2023-11',7400),(14,'PodBox','2023-11',5200),
(14,'PodBox','2023-12',1900),(16,'PodBox','2023-06',2450),(15,'Early','2024-04',8150);
INSERT INTO Reviews VALUES
(1,1,'mothwing',5,'2023-02-14','Gripping from start to end'),
(2,1,'grumbleton',2,'2023-03-01','Too many ads'),
(3,2,'ledgerfan',4,'2023-07-02',NULL),
(4,3,'astro_paul',5,'2023-11-11','Wunderbar erklärt'),
(5,3,'mothwing',4,'2024-01-03','Love the jingle'),
(6,5,'hambre88',5,'2024-02-09','Me dio hambre'),
(7,6,'nullptr',3,'2023-12-24','Good, but too many ads'),
(8,6,'ledgerfan',5,'2024-04-15',NULL),
(9,7,'papa_tom',4,'2024-02-20','Kids ask for more'),
(10,1,'papa_tom',1,'2024-03-03','Not for kids!'),
(11,6,'mothwing',4,'2024-04-20','Nerdy fun');

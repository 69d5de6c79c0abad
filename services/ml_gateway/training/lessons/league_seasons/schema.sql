CREATE TABLE Gamer (
  gamerId INTEGER PRIMARY KEY,
  gamerTag TEXT,
  homeRegion TEXT,
  birthYear INTEGER,
  isPremium BOOLEAN,
  lastLogin DATETIME
);
CREATE TABLE Season (
  seasonId INTEGER PRIMARY KEY,
  seasonName TEXT,
  startsOn DATE,
  endsOn DATE,
  prizePool INTEGER
);
CREATE TABLE Standing (
  seasonId INTEGER,
  gamerId INTEGER,
  division TEXT,
  points INTEGER,
  matchesWon INTEGER,
  matchesLost INTEGER,
  PRIMARY KEY (seasonId, gamerId),
  FOREIGN KEY (seasonId) REFERENCES Season(seasonId),
  FOREIGN KEY (gamerId) REFERENCES Gamer(gamerId)
);
CREATE TABLE FriendRequest (
  requestId INTEGER PRIMARY KEY,
  senderId INTEGER,
  receiverId INTEGER,
  sentOn DATE,
  acceptedOn DATE,
  FOREIGN KEY (senderId) REFERENCES Gamer(gamerId),
  FOREIGN KEY (receiverId) REFERENCES Gamer(gamerId)
);
CREATE TABLE ShopPurchase (
  purchaseId INTEGER PRIMARY KEY,
  gamerId INTEGER,
  article TEXT,
  articleType TEXT,
  price DECIMAL(6,2),
  boughtAt DATETIME,
  payMethod TEXT,
  refunded TEXT,
  FOREIGN KEY (gamerId) REFERENCES Gamer(gamerId)
);
INSERT INTO Gamer VALUES
(1,'PixelPike','Europe',1995,1,'2024-10-02 20:11:00'),(2,'MossGiant','Europe',2001,0,'2024-09-28 13:45:00'),(3,'0xKite','Asia',1999,1,'2024-10-05 02:30:00'),
(4,'LaFuria','South America',1988,0,'2023-12-31 23:59:00'),(5,'teapot','Europe',1976,0,NULL),(6,'NullAndVoid','North America',2004,1,'2024-10-04 22:00:00'),
(7,'Juniper','North America',1997,0,'2024-05-17 18:20:00'),(8,'SandCat','Africa',2002,1,'2024-10-01 16:05:00'),(9,'PikeHunter','Asia',NULL,0,'2024-07-07 07:07:00'),(10,'Wombatman','Oceania',1993,1,'2024-08-30 10:10:00');
INSERT INTO Season VALUES
(1,'Frostfall','2022-12-01','2023-02-28',5000),(2,'Bloom','2023-03-15','2023-06-15',7500),(3,'Highsun','2023-07-01','2023-09-30',7500),(4,'Emberwane','2023-10-10','2024-01-10',12000),(5,'Thaw','2024-02-01','2024-04-30',9000),(6,'Starfall','2024-11-01','2025-01-31',NULL);
INSERT INTO Standing VALUES
(1,1,'gold',1480,41,19),(1,2,'silver',910,22,25),(1,3,'diamond',2210,66,18),(1,7,'bronze',400,9,14),
(2,1,'diamond',1990,58,21),(2,3,'diamond',2340,70,15),(2,4,'silver',870,20,31),(2,6,'gold',1515,44,27),
(3,2,'gold',1320,39,30),(3,3,'gold',1700,45,33),(3,6,'diamond',2105,61,24),(3,8,'silver',1015,28,22),
(4,1,'gold',1610,47,26),(4,6,'diamond',2425,77,20),(4,8,'gold',1555,43,25),(4,10,'bronze',515,11,19),
(5,1,'diamond',2050,60,23),(5,2,'silver',1105,30,28),(5,8,'diamond',2180,64,19),(5,10,'silver',980,25,24),(5,3,'silver',1150,31,12);
INSERT INTO FriendRequest VALUES
(1,1,2,'2022-12-04','2022-12-05'),(2,1,3,'2022-12-20',NULL),(3,6,3,'2023-03-18','2023-03-18'),(4,4,1,'2023-04-02','2023-04-30'),(5,8,6,'2023-07-10','2023-07-12'),
(6,8,1,'2023-10-15',NULL),(7,10,8,'2023-10-20','2023-10-21'),(8,2,7,'2023-11-05',NULL),(9,8,3,'2024-02-14','2024-02-20'),(10,3,1,'2024-03-01','2024-03-02'),(11,7,1,'2024-05-16',NULL);
INSERT INTO ShopPurchase VALUES
(1,1,'Fox mask','skin',7.99,'2022-12-24 19:00:00','card','no'),(2,3,'Season pass','pass',14.99,'2022-12-02 03:10:00','wallet','no'),(3,3,'Season pass','pass',14.99,'2023-03-15 04:00:00','wallet','no'),
(4,6,'Fox mask','skin',7.99,'2023-04-01 21:20:00','card','yes'),(5,6,'Gem sack','currency',49.99,'2023-07-03 22:15:00','card','no'),(6,2,'Gem pouch','currency',4.99,'2023-08-19 12:30:00','voucher','no'),
(7,8,'Season pass','pass',14.99,'2023-10-10 17:45:00','card','no'),(8,8,'Desert cloak','skin',11.5,'2023-12-12 15:05:00','wallet','no'),(9,1,'Season pass','pass',14.99,'2024-02-01 20:00:00','card','no'),
(10,10,'Gem pouch','currency',4.99,'2024-02-03 09:50:00','card','yes'),(11,10,'Boomerang trail','effect',6.25,'2024-03-30 11:00:00','voucher','no'),(12,3,'Desert cloak','skin',11.5,'2024-04-18 01:40:00','wallet','no'),(13,6,'Gem sack','currency',44.99,'2024-09-09 23:00:00','card','no'),(14,7,'Fox mask','skin',5.99,'2024-05-16 19:30:00',NULL,'no');

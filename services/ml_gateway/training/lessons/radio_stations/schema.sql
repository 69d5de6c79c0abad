CREATE TABLE Station (Station_ID INTEGER PRIMARY KEY, Name TEXT, City TEXT, Frequency REAL, Listeners INTEGER, Owner TEXT);
CREATE TABLE Host (Host_ID INTEGER PRIMARY KEY, Name TEXT, Age INTEGER, Hometown TEXT, Years_Working INTEGER);
CREATE TABLE Show (Show_ID INTEGER PRIMARY KEY, Title TEXT, Station_ID INTEGER REFERENCES Station(Station_ID), Weekday TEXT, Duration INTEGER, Started INTEGER);
CREATE TABLE Hosting (Show_ID INTEGER REFERENCES Show(Show_ID), Host_ID INTEGER REFERENCES Host(Host_ID), Role TEXT, PRIMARY KEY (Show_ID, Host_ID));
INSERT INTO Station VALUES (1,'Harbour FM','Hull',98.5,120000,'Public Trust'),(2,'Peak Radio','Buxton',103.2,45000,'Peak Media'),(3,'Wolds Wave','Hull',88.9,30000,'Peak Media'),(4,'Cathedral','Lincoln',94.9,64000,'Public Trust'),(5,'Night Owl','Derby',106.1,15000,'Owl Group');
INSERT INTO Host VALUES (1,'Rita Moss',34,'Hull',8),(2,'Abel Quinn',52,'Derby',27),(3,'Jo Lamb',29,'Hull',4),(4,'Kit Marsh',45,'Lincoln',19),(5,'Una Pike',61,'Grimsby',33),(6,'Vic Orr',38,'Buxton',12);
INSERT INTO Show VALUES (1,'Breakfast Table',1,'Monday',120,2010),(2,'Tide Times',1,'Sunday',60,1998),(3,'Hill Talk',2,'Tuesday',45,2015),(4,'Evensong',4,'Sunday',75,1989),(5,'Late Shift',5,'Friday',180,2019),(6,'Market Day',3,'Monday',90,2004),(7,'Bell Tower',4,'Wednesday',30,2021),(8,'Chart Rush',1,'Friday',100,2012);
INSERT INTO Hosting VALUES (1,1,'lead'),(1,3,'guest'),(2,5,'lead'),(3,6,'lead'),(4,4,'lead'),(5,2,'lead'),(6,5,'lead'),(6,1,'guest'),(8,3,'lead'),(8,1,'guest');

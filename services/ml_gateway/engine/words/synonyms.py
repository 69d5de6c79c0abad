"""Words that English uses for one another, in lemmas. A match through them is a guess."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

# Nearly the same thing in nearly every schema.
CLOSE = """
customer client buyer shopper purchaser; user member subscriber; employee staff worker personnel colleague crew;
product item article good merchandise; order purchase; supplier vendor provider; store shop outlet;
salary wage pay compensation earning paycheck remuneration; cost expense expenditure; quantity qty; type kind sort;
type category class; category genre; category classification; country nation land; city town municipality;
state province; county district; zip postal post postcode zipcode; doctor physician; student pupil learner;
teacher instructor lecturer tutor; professor lecturer instructor; teacher professor; course class subject;
lesson class lecture; faculty professor; faculty staff; department division unit;
company firm business corporation enterprise; company organization; organization organisation institution institute;
university college; school college; school institution; gender sex; phone telephone cellphone tel;
mobile cell cellphone; email mail; name title; name label; reason cause; discount rebate reduction; device gadget;
platform system; source origin; origin departure; destination arrival; destination target; departure leaving;
appointment booking; booking reservation; visit appointment; invoice bill; movie film; film picture;
car vehicle automobile auto; car truck; rating score; rating star; score grade mark; score point; duration length;
duration runtime; manager boss supervisor; head leader chief boss; leader president; chairman chair chairperson head;
director head; status state condition; warehouse depot; area region; area zone; region territory zone;
refund reimbursement; payment transaction; transaction deal; song track music;
singer artist musician performer vocalist; artist painter; actor performer; actress actor; band group;
album record disc; book title; author writer; editor author; publisher press; publication paper;
paper article publication; journal magazine; newspaper press; reader subscriber; player athlete sportsman;
athlete sportsperson competitor; match game; game sport; competition contest tournament championship;
competition event; tournament league; event occasion; team club squad side; club society association; coach trainer;
stadium arena venue field; venue location place; location place site spot; location address; place position;
position role job title; job occupation profession position work; occupation profession career; language tongue;
nationality citizenship; nationality country; hometown home; birthplace birth; birthday birthdate dob; born birth;
death died; age old; picture photo image photograph; video clip; document file; document paper; document report;
message note; note comment remark; comment review feedback; review rating; review critique; opinion review;
problem issue fault defect; issue ticket; error fault failure; complaint grievance; description detail;
description text; description explanation; detail information; details description; number count; number id;
number code; code id; identifier id; id key; identifier code; amount total sum; amount value; amount quantity;
amount money; amount volume; value worth; price cost; price rate; price fare; price fee; price charge;
fee charge cost; fare price; rent rental; rental lease; money amount; money fund; money cash; fund funding grant;
budget fund; grant award; prize award; award honor; medal award; income revenue earning; revenue sale turnover;
profit earning gain; loss deficit; tax duty; balance amount; debt loan; loan credit; account profile; bank branch;
branch office; office room; headquarter headquarters hq; house home; house residence; home residence; apartment flat;
building tower; room chamber; hotel inn accommodation lodging; restaurant diner eatery; dish meal food; meal food;
drink beverage; ingredient component; component part; part piece; equipment machine; machine device; tool equipment;
brand make manufacturer; manufacturer maker producer; maker producer; producer manufacturer; model version;
version release; size dimension; height tall; height elevation altitude; elevation altitude; weight mass;
width breadth; speed velocity; distance length; distance mile; length distance; capacity size; capacity seat;
population inhabitant; population people; resident inhabitant; citizen resident; inhabitant people; person people;
person individual human; people individual; person man; woman female; man male; girl female; boy male; child kid;
kid child; parent mother; parent father; husband spouse; wife spouse; spouse partner; friend acquaintance;
relationship relation; dependent relative; guest visitor; visitor tourist; traveler traveller passenger tourist;
tourist traveler; passenger traveler; flight trip; trip journey travel ride tour; journey route; route path line;
train rail railway; railway railroad; station stop; airport airfield; airline carrier; carrier operator;
pilot captain; aircraft airplane plane; airplane plane aeroplane; ship vessel boat; boat vessel; captain leader;
driver chauffeur; harbor port; road street; street address; address residence; bridge crossing; river stream;
mountain peak; lake water; island isle; temperature heat; weather climate; storm hurricane; rain precipitation;
date day; date time; time hour; year date; start begin beginning; start starting; begin start; end finish ending;
end close; finish complete; open opening; close closing; first initial; last final; last previous; final last;
result outcome; outcome result; victory win; win victory; winner champion; champion winner; defeat loss;
rank ranking position; ranking place; vote ballot; voter elector; election vote; candidate nominee;
candidate applicant; party organization; politician representative; representative delegate; mayor leader;
president head; official officer; government administration; law rule; policy rule; claim request; request demand;
contract agreement; policy insurance; insurance coverage; treatment therapy; treatment procedure;
procedure operation surgery; procedure method; operation surgery; medicine drug medication; drug medication;
disease illness sickness; illness condition; symptom sign; patient sufferer; nurse caregiver; hospital clinic;
clinic practice; ward unit; surgery operation; allergy intolerance; diagnosis finding; test exam examination;
exam test; assessment test; assessment evaluation; evaluation assessment review; degree diploma; degree qualification;
qualification skill; certificate certification; certificate license; skill ability; skill expertise;
enrollment registration; enrolment enrollment; registration signup; enroll register; attendance attendee;
attendance presence; attendance audience; audience viewer; audience spectator; viewer audience; viewer watcher;
semester term; term period; grade level; grade year; level tier; credit point; major specialty; major discipline;
specialty specialization; specialization field; discipline subject; discipline field; subject topic; topic theme;
theme topic; theme subject; advisor adviser mentor; advisor counselor; dormitory dorm; dorm residence; building hall;
scholarship grant; research study; study research; experiment study; scientist researcher; researcher scholar;
laboratory lab; project program; program programme; program show; program course; show series; show performance;
series show; episode installment; channel station; broadcast airing; broadcaster channel; air broadcast;
concert performance; concert show; performance show; exhibition exhibit show; museum gallery; painting artwork;
artwork piece; sculpture statue; instrument tool; software application program; application app; website site;
site website; webpage page; page site; url link; link url; browser client; server host; host presenter;
host organizer; organizer host; sponsor backer; investor backer; investor shareholder; share stock; stock inventory;
stock share; inventory stock; shipment delivery; shipment shipping; delivery shipping; package parcel;
customer account; owner proprietor; owner holder; holder owner; possessor owner; founder creator; creator maker;
creator author; employer company; employment job; employment hiring; hire recruit; contact phone; contact person;
password credential; login username; username login; username user; nickname alias; alias nickname; color colour;
shade color; shape form; form shape; material fabric; texture material; fabric material; smell odor; taste flavor;
flavor taste; quality grade; priority importance; importance priority; severity seriousness; risk danger;
crime offense; criminal offender perpetrator; police cop; victim casualty; casualty injury; injury wound; killed dead;
death fatality; accident crash; accident incident; incident event; battle fight; war conflict; soldier troop;
military army; army force; weapon arm; religion faith; church temple; pastor priest; wedding marriage;
marriage wedding; ceremony wedding; animal pet; pet animal; dog canine; breed race; species kind; plant flower;
tree plant; farm ranch; farmer grower; crop harvest; wine bottle; winery vineyard; vineyard winery; grape variety;
gas fuel; fuel petrol; energy power; power energy; engine motor; horsepower power; mileage mpg; mileage distance;
memory ram; memory storage; screen display; processor cpu; wifi wireless; bandwidth speed; feature characteristic;
feature property; feature attribute; characteristic attribute; attribute property; characteristic feature;
amenity facility; facility amenity; facility building; service facility; property asset; asset property;
asset equipment; maintenance repair; repair fix; technician engineer; engineer technician; inspector examiner;
agent representative; agency bureau; agency office; authority agency; partner associate; partnership alliance;
campaign promotion; promotion campaign; promotion discount; advertisement ad; market marketplace; segment market;
industry sector; sector industry; competitor rival; rival opponent; opponent rival; enemy opponent; enemy rival;
goal target; goal objective; objective aim; target aim; strategy plan; plan schedule; schedule timetable;
timetable schedule; meeting appointment; conference meeting; conference event; workshop seminar; workshop session;
submission entry; entry record; record entry; journal log; log history; history past; history background;
percentage percent share proportion; percent rate; ratio rate; rate percentage; frequency rate; share percentage;
average mean; mean average; maximum max highest; minimum min lowest; total sum; total overall; overall total;
primary main; main primary; chief head; secondary second; former previous; prior previous; previous prior;
current present; active current; available vacant; vacant empty
""".split(";")

# The first word of a line may be said where one of the others is stored.
LOOSE = """
live reside residence address city home; stay live; location city country address; place city country location;
locate location address city; nation nationality; citizen nationality country; from hometown origin nationality;
hometown city; capital city; earn salary income wage; paid salary pay payment; make salary earning;
work job employee occupation; work employment; employ employee employment; teach teacher course; taught teacher teach;
learn course; study student major subject; attend attendance; participate participation participant;
participant player competitor; compete competition; play player game; score goal point; sing singer song;
perform performance performer; act actor role; role character part; character role; star actor cast; cast actor role;
direct director; write writer author; written writer author; publish publisher publication;
produce producer product production; make manufacturer maker; make model; build builder construction; design designer;
designer architect; architect designer; own owner ownership; manage manager management; lead leader head;
head manager; rule governor; govern governor mayor; sponsor sponsorship; invest investor investment;
buy purchase order; bought purchase order; sell sale seller; sold sale; spend spending amount expense cost;
charge price fee; cost price expensive; worth value price; rent price; book booking reservation; reserve reservation;
travel trip flight; fly flight; depart departure origin; leave departure; arrive arrival destination; land arrival;
ship shipment; deliver delivery; send sender; receive receipt receiver recipient; visit visitor; treat treatment;
prescribe prescription medication; diagnose diagnosis; suffer disease illness; injure injury;
kill killed death casualty; die death; born birth; marry marriage spouse; register registration; enroll enrollment;
apply application applicant; admit admission; graduate graduation degree; win winner winning; won win;
lose loss loser; beat win; rank ranking; rate rating; review reviewer; comment text content; say text; speak language;
spoken language; native language; vote voter; elect election; represent representative; serve service;
join membership join; found founder foundation founded; establish establishment founded; create creation creator;
open opening; close closing; launch release; release launch; happen date event; hold date venue; occur date;
last duration length; weigh weight; measure size height length; run operator duration; score grade; grade score;
fast speed; store location; contact email phone; reach phone email; call phone; number phone;
people population number; member person; person name; individual name; artist name; hour time; time duration;
day date; month date; year date; moment time date; period date; popular popularity; popularity rating;
famous popularity; success successful; successful success; fail failure; accept acceptance; approve approval;
complete completion; cancel cancellation; return refund; grow growth; increase growth; educate education;
school education; level education; belief religion; ethnicity race; identify id; identification id; unique id;
serial number; expert specialty; specialize specialty specialization; train training; practice training;
compose composer; paint painter painting; photograph photographer; investigate investigation; suspect criminal;
arrest crime; own property; possess owner; maintain maintenance; repair technician; supply supplier;
provide provider supplier; host venue; stadium home; attendance crowd; seat capacity; hold capacity; fit capacity;
big size; hold holder; surface area; floor storey; story floor; wing building; inhabitant population;
dweller resident; occupant resident guest; occupancy capacity; adult people; duty responsibility; responsibility role;
assign assignment; task assignment; task job; activity action; action activity; club activity; hobby interest;
like likes; interest hobby; follow follower; fan follower; post message; tweet message; content text; subject title;
headline title
""".split(";")

# Whole phrases for one another; a name that holds one may be said with another.
PHRASES: tuple[tuple[tuple[str, ...], ...], ...] = tuple(
    tuple(tuple(phrase.split()) for phrase in line.split(","))
    for line in """
last name,surname,family name,lastname,second name
first name,forename,given name,firstname,christian name
full name,fullname,whole name
birth date,birthday,birthdate,date birth,day birth
birth place,birthplace,place birth,birth city
death date,date death
zip code,postcode,postal code,post code,zipcode,zip
phone number,telephone number,phone,telephone,contact number
mobile number,cell phone,mobile phone,cell phone number,cellphone number,mobile phone number,cell number
email address,email,mail address,e mail,email id
web site,website,homepage,home page,web page,web address,url
user name,username,login name,login
operating system,os
social security number,ssn
hire date,date hire,hiring date,employment date,join date
net worth,wealth
home town,hometown
head quarter,headquarters,headquarter,headquartered,head office
line item,line
gross domestic product,gdp
grade point average,gpa
point of sale,pos
car park,parking
unit price,price per unit
list price,price
order date,purchase date
job title,position,occupation
job title,title
year founded,founding year,foundation year
air line,airline
air port,airport
pass word,password
credit card,card
time stamp,timestamp
week day,weekday,day week
high school,secondary school
middle name,middle initial
nick name,nickname
body mass index,bmi
miles per gallon,mpg,mileage,fuel economy
horse power,horsepower
""".strip().splitlines()
)  # fmt: skip


def _related(lines: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in lines:
        words = line.split()
        for word in words:
            found[word].update(dict.fromkeys(other for other in words if other != word))
    return {word: tuple(others) for word, others in found.items()}


def _said_for(lines: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in lines:
        said, *stored = line.split()
        found[said].update(dict.fromkeys(stored))
    return {word: tuple(others) for word, others in found.items()}


CLOSE_WORDS = _related(CLOSE)
LOOSE_WORDS = _said_for(LOOSE)

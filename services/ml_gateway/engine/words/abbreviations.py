"""Short forms that names of tables and columns are full of, and what they stand for, in lemmas."""

ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    short: tuple(long.split())
    for short, _, long in (
        entry.strip().partition("=")
        for entry in """
abbr=abbreviation, abs=absolute, acc=account, acct=account, ack=acknowledgement, act=activity, addr=address,
adr=address, adm=admission, admin=administrator, agg=aggregate, agcy=agency, agt=agent, alloc=allocation,
alt=alternative, amt=amount, ann=annual, app=application, appl=application, appt=appointment, appr=approval,
apt=apartment, arr=arrival, assn=association, assoc=association, asst=assistant, attr=attribute, att=attendance,
auth=author, ave=avenue, avg=average, avail=availability, bal=balance, bday=birth date, bdate=birth date, beg=begin,
bldg=building, bio=biography, bgt=budget, bonus=bonus, br=branch, btl=bottle, calc=calculation, cap=capacity,
cat=category, catg=category, cert=certificate, chg=charge, chr=character, cls=class, clm=claim, cmnt=comment,
cmt=comment, cnt=count, cntry=country, ctry=country, co=company, col=column, comm=commission, comp=company,
cond=condition, conf=conference, config=configuration, cont=contact, contr=contract, coord=coordinate,
corp=corporation, coeff=coefficient, cpu=processor, cr=credit, crs=course, ctr=center, cty=city, cur=currency,
curr=currency, cust=customer, cst=customer, ccy=currency, db=database, dbl=double, dec=decimal, def=definition,
deg=degree, del=delivery, dlvr=delivery, dep=department, dept=department, dpt=department, desc=description,
descr=description, dscr=description, dest=destination, dev=device, diag=diagnosis, diff=difference, dim=dimension,
dir=director, disc=discount, dist=distance, distr=district, div=division, dob=birth date, doc=document, dod=death
date, dow=weekday, drv=driver, dt=date, dur=duration, edu=education, educ=education, eff=effective, elev=elevation,
em=email, emp=employee, empl=employee, eng=engine, enr=enrollment, enrl=enrollment, env=environment, eq=equipment,
equip=equipment, est=estimate, eval=evaluation, evt=event, exch=exchange, exec=executive, exp=experience,
expr=expression, ext=extension, fac=faculty, fax=fax, fct=fact, fee=fee, fld=field, flg=flag, flt=flight,
firstname=first name, lastname=last name,
fml=family, fname=first name, fnm=first name, fk=foreign key, freq=frequency, frm=from, func=function, fwd=forward,
gdp=gdp, gen=gender, geo=geography, gov=government, govt=government, gp=group, gpa=gpa, grad=graduation, grd=grade,
grp=group, gst=guest, hdr=header, hist=history, hosp=hospital, hr=hour, hrs=hour, hq=headquarter, ht=height,
hgt=height, id=id, ident=id, idx=index, img=image, inc=income, incl=included, ind=indicator, indus=industry,
info=information, init=initial, ins=insurance, inst=institution, instr=instructor, int=interest, intl=international,
inv=invoice, invt=inventory, invy=inventory, ip=ip, iss=issue, itm=item, jan=january, feb=february, jr=junior,
kw=keyword, lab=laboratory, lang=language, lat=latitude, lbl=label, len=length, lgth=length, lic=license, lname=last
name, lnm=last name, lng=longitude, loc=location, lon=longitude, long=longitude, lvl=level, mag=magnitude,
maint=maintenance, manuf=manufacturer, mfr=manufacturer, mfg=manufacturer, mkt=market, max=maximum, mbr=member,
mem=member, med=medicine, merch=merchandise, mgmt=management, mgr=manager, mid=middle, mi=middle initial,
min=minimum, misc=miscellaneous, mng=manager, mname=middle name, mnth=month, mo=month, mob=mobile, mod=modified,
msg=message, mth=month, mtg=meeting, mun=municipality, nat=nationality, natl=national, nbr=number, no=number,
nm=name, nom=nominal, notif=notification, nr=number, num=number, obj=object, obs=observation, occ=occupation,
occup=occupation, off=office, ofc=office, op=operation, opr=operator, oper=operation, ord=order, org=organization,
orig=origin, os=operating system, pct=percent, perc=percent, pass=passenger, pax=passenger, pat=patient,
pay=payment, pd=period, per=person, perf=performance, pers=person, ph=phone, phn=phone, phys=physician, pic=picture,
pk=primary key, pkg=package, pl=place, plc=place, pmt=payment, pnt=point, pop=population, pos=position,
posn=position, pref=preference, prev=previous, prez=president, pres=president, prc=price, prd=product, prob=problem,
proc=procedure, prod=product, prof=professor, prog=program, proj=project, prop=property, prov=province, prsn=person,
pt=patient, ptnt=patient, pts=point, pub=publication, publ=publisher, purch=purchase, pwd=password, qlty=quality,
qnt=quantity, qnty=quantity, qtr=quarter, qty=quantity, quant=quantity, ques=question, rcpt=receipt, rcv=received,
rec=record, recv=received, ref=reference, reg=registration, rel=relation, rep=representative, repr=representative,
req=request, reqd=required, res=reservation, resv=reservation, resp=response, ret=return, rev=revenue, rgn=region,
rm=room, rpt=report, rsn=reason, rte=route, rtg=rating, sal=salary, sat=satisfaction, sch=school, sched=schedule,
sci=science, sec=section, seg=segment, sem=semester, seq=sequence, ser=serial, sess=session, sex=sex, shp=ship,
shpmt=shipment, sig=signature, sku=sku, spec=specification, spd=speed, src=source, srv=service, svc=service,
ssn=social security number, st=state, sta=station, stat=status, stats=statistic, std=standard, stf=staff, stk=stock,
stmt=statement, stn=station, stor=store, str=street, strt=start, stu=student, stud=student, sub=subject,
subj=subject, subs=subscription, sup=supplier, supp=supplier, suppl=supplier, surg=surgery, svgs=saving, sym=symbol,
sys=system, tbl=table, tch=teacher, tchr=teacher, tel=telephone, temp=temperature, term=term, terr=territory,
tkt=ticket, tm=time, tmp=temperature, tot=total, tran=transaction, trans=transaction, trn=transaction,
txn=transaction, trk=track, trt=treatment, ts=timestamp, tx=transaction, txt=text, typ=type, uid=user id,
univ=university, uni=university, upd=updated, usr=user, util=utilization, val=value, var=variable, veh=vehicle,
vend=vendor, ver=version, vers=version, vis=visit, vol=volume, wd=ward, wgt=weight, whs=warehouse, wh=warehouse,
wk=week, wkly=weekly, wrk=work, wt=weight, yn=yes, yr=year, yrs=year, yob=birth year, zip=zip
""".replace("\n", " ").split(",")
    )
}  # fmt: skip
# Words too, so that the long form is one of two readings.
ALSO_WORDS = frozenset(
    """act add alt app arr cap cat col con def dim dir disc dist doc em ext fee gen has id in ins int is it jan long
    mag max med min mod no nom of off op or ord pass pay per pop prop pub ref rel rep res ret rev sat sec sex
    so st sub sup temp term us var wk""".split()
)
# What a word may be cut to.
SHORT_FORMS: dict[str, tuple[str, ...]] = {
    long[0]: tuple(short for short, other in ABBREVIATIONS.items() if other == long)
    for long in ABBREVIATIONS.values()
    if len(long) == 1
}

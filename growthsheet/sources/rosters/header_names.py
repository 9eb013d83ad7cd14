"""The names that columns of rosters have, by field: in English, German, French, Spanish, Italian, Portuguese, Dutch.

Accents, case, punctuation and spaces do not count. Names that often stand *beside* the right one (``Preferred Name``,
``Original Hire Date``) are left out: they would make two columns for one field.
"""

COLUMN_NAMES = {
    "id": """
        id, person id, employee id, emp id, employee #, employee number, employee code, emp no, staff id, staff number,
        personnel number, payroll number, payroll id, worker id, associate id, person number, Personalnummer,
        Personal-Nr, Pers.-Nr, PNr, Mitarbeiternummer, Mitarbeiter-ID, Mitarbeiter-Nr, Personal-ID, matricule,
        numéro de matricule, numéro employé, n° employé, identifiant, id employé, numéro de salarié, número de empleado,
        n° empleado, id empleado, legajo, código de empleado, matrícula, matricola, numero matricola, id dipendente,
        codice dipendente, número de funcionário, id funcionário, número de colaborador, id colaborador,
        código do funcionário, personeelsnummer, medewerkernummer, medewerker-id, werknemersnummer, user id,
        user/employee id, user sys id, emp code, EEID, file number, PERNR, person no, cédula laboral, numéro salarié,
        社員番号, 従業員番号, 社員コード, 工号
    """,
    "name": """
        name, full name, employee name, employee, person, display name, worker, worker name, staff name, Name Vorname,
        Vollständiger Name, Mitarbeiter, Mitarbeitername, Mitarbeiter/in, nom complet, nom et prénom, nom prénom,
        salarié, collaborateur, employé, nombre completo, nombre y apellidos, apellidos y nombre, empleado,
        nome completo, nominativo, nome e cognome, cognome e nome, dipendente, nome do funcionário, colaborador, naam,
        volledige naam, medewerker, werknemer, payroll name, Nachname Vorname, Vor- und Nachname, 氏名, 名前, 社員名,
        姓名
    """,
    "first_name": """
        first name, given name, forename, Vorname, prénom, nombre, nombres, nome, primeiro nome, nome próprio, voornaam,
        roepnaam, 名
    """,
    "last_name": """
        last name, surname, family name, Nachname, Familienname, Zuname, nom, nom de famille, apellido, apellidos,
        primer apellido, cognome, nom d'usage, nom marital, sobrenome, apelido, último nome, achternaam, 姓
    """,
    "email": """
        email, e-mail, email address, work email, business email, company email, corporate email, mail, upn,
        user principal name, E-Mail-Adresse, Mailadresse, Dienstliche E-Mail, Geschäftliche E-Mail, adresse e-mail,
        courriel, adresse électronique, mail professionnel, email professionnel, correo, correo electrónico,
        email corporativo, posta elettronica, indirizzo email, email aziendale, endereço de email, correio eletrónico,
        correio eletrônico, e-mailadres, zakelijk e-mailadres, work contact: work email, e-mail dienstlich,
        メールアドレス, メール
    """,
    "title": """
        title, job title, position, position title, job, job name, business title, designation, occupation, job profile,
        Stelle, Stellenbezeichnung, Position, Funktion, Jobtitel, Berufsbezeichnung, Tätigkeit, poste,
        intitulé du poste, intitulé de poste, fonction, emploi, titre du poste, puesto, cargo, puesto de trabajo,
        posición, título del puesto, ocupación, qualifica, mansione, posizione, funzione, titolo, profilo professionale,
        função, posto, título do cargo, functie, functietitel, functienaam, functieomschrijving, job title description,
        job titles, job role, job title name, position name, job profile name, Positionsbezeichnung, intitulé poste,
        nombre del puesto, 役職, 職種, 職位
    """,
    "role": """
        role, role id, role name, catalog role, growth role, Rolle, rôle, rol, ruolo, papel
    """,
    "target_role": """
        target role, target role id, next role, desired role, aspired role, Zielrolle, Wunschrolle, rôle cible,
        rôle visé, rol objetivo, rol deseado, ruolo obiettivo, ruolo desiderato, papel alvo, função alvo, doelrol,
        gewenste rol
    """,
    "manager_id": """
        manager id, manager employee id, manager number, manager employee number, supervisor id, supervisor number,
        manager code, supervisor employee id, reports to id, reporting to id, line manager id, boss id, lead id,
        manager person id, mgr id, Vorgesetzten-ID, Vorgesetztennummer, Personalnummer Vorgesetzter,
        Personalnummer des Vorgesetzten, Vorgesetzter ID, Vorgesetzter Personalnummer, Manager-Personalnummer,
        Führungskraft ID, matricule manager, matricule du manager, matricule responsable, matricule du responsable,
        id responsable, id del jefe, id jefe, id supervisor, id manager, id del supervisor, id responsabile,
        matricola responsabile, id gestor, id do gestor, id do supervisor, manager personeelsnummer, leidinggevende id,
        personeelsnummer leidinggevende, manager user id, manager user sys id, manager worker id,
        supervisor employee no, supervisor employee code, 上司社員番号, 上司ID
    """,
    "manager_email": """
        manager email, manager work email, supervisor email, reports to email, line manager email, manager upn,
        E-Mail Vorgesetzter, Vorgesetzter E-Mail, email responsable, email du manager, correo del jefe, email manager,
        email responsabile, email do gestor, e-mail leidinggevende, manager's email, supervisor work email, email N+1,
        上司メールアドレス
    """,
    "manager_name": """
        manager, manager name, line manager, direct manager, people manager, supervisor, supervisor name, reports to,
        reporting to, reporting manager, reports to name, line manager name, boss, team lead, mgr, Vorgesetzter,
        Vorgesetzte, Vorgesetzte/r, direkter Vorgesetzter, direkte/r Vorgesetzte/r, Name des Vorgesetzten,
        Führungskraft, disziplinarischer Vorgesetzter, Teamleiter, Teamleitung, responsable, responsable hiérarchique,
        supérieur, supérieur hiérarchique, N+1, manager direct, nom du manager, jefe, jefe directo, superior, jefa,
        responsable directo, nombre del jefe, reporta a, responsabile, responsabile diretto, superiore, capo, riporta a,
        nome responsabile, gestor, gestor direto, chefe, superior hierárquico, gerente, líder, reporta-se a,
        leidinggevende, manager naam, rapporteert aan, direct leidinggevende, manager full name, manager display name,
        direct supervisor, immediate supervisor, supervisor full name, assignment manager, primary manager,
        reports to full name, manager's name, Vorgesetzter Name, 上司, 上司氏名, 上長
    """,
    "team": """
        team, team name, department, department name, dept, division, business unit, org unit, organizational unit,
        squad, Abteilung, Bereich, Organisationseinheit, Referat, équipe, service, département, direction, equipo,
        departamento, área, reparto, dipartimento, ufficio, squadra, equipe, setor, afdeling, organisatie-eenheid, 部署,
        部門, 所属
    """,
    "currency": """
        currency, currency code, pay currency, salary currency, pay rate currency, Währung, Währungscode, devise,
        monnaie, moneda, divisa, valuta, moeda, 通貨
    """,
    "basis": """
        basis, pay basis, salary basis, pay period, salary period, rate type, pay per, compensation basis, Gehaltsbasis,
        Vergütungsart, Gehaltsperiode, base salariale, périodicité du salaire, periodicidad del salario,
        base di retribuzione, salarisperiode, salary pay period, paid per, pay rate period, salary interval,
        fixed salary interval, compensation frequency, compensation period, compensation payment unit, salary unit,
        pay unit, rate unit, salary type period, Gehaltsintervall
    """,
    "fte": """
        fte, full time equivalent, fte %, employment percentage, work percentage, percent worked, employment level,
        Beschäftigungsgrad, Stellenumfang, Teilzeitfaktor, Teilzeitgrad, Arbeitszeitanteil, Stellenanteil, Pensum, etp,
        équivalent temps plein, taux d'activité, taux d'occupation, quotité, quotité de travail, taux d'emploi, etc,
        equivalente a tiempo completo, porcentaje de jornada, jornada, percentuale part time, part time %,
        equivalente a tempo pieno, equivalente a tempo integral, etí, deeltijdfactor, deeltijdpercentage,
        parttimepercentage, BeschGrad, FTE factor, FTE percent, weekly FTE, full/part time percent,
        capacity utilization level, Arbeitszeitfaktor, taux de temps de travail
    """,
    "hours": """
        hours, weekly hours, hours per week, hours/week, standard hours, std hours, scheduled hours, contracted hours,
        scheduled weekly hours, standard weekly hours, contract hours, working hours, weekly working hours,
        Wochenstunden, Stunden pro Woche, Stunden/Woche, Wochenarbeitszeit, wöchentliche Arbeitszeit, Arbeitszeit,
        heures hebdomadaires, heures par semaine, durée hebdomadaire, horas semanales, horas por semana, horas,
        ore settimanali, ore a settimana, horas semanais, uren, uren per week, contracturen, working hours per week,
        contracted weekly hours, average weekly hours, std hrs/wk, standard hours/week, Vertragsstunden,
        horas contratadas, 週所定労働時間
    """,
    "start": """
        start, start date, hire date, date hired, hired, date of hire, joining date, date of joining, date joined,
        join date, employment start, employment start date, entry date, commencement date, Eintritt, Eintrittsdatum,
        Einstellungsdatum, Beginn, Startdatum, date d'embauche, date d'entrée, date d'arrivée, fecha de ingreso,
        fecha de alta, fecha de inicio, fecha de contratación, data di assunzione, data assunzione, data inizio,
        data de admissão, data de contratação, data de início, datum in dienst, indiensttreding, in dienst, joined date,
        date embauche, DOJ, hired on, latest hire date, most recent hire date, last hire date, date started,
        company start date, employment date, work start date, Eintritt am, date entrée, fecha ingreso, fecha alta,
        data assunzione, 入社日, 入社年月日, 入职日期
    """,
    "end": """
        end, end date, termination date, leaving date, last day, last working day, exit date, date left, leave date,
        employment end, employment end date, date of leaving, Austritt, Austrittsdatum, Ende, Enddatum, Kündigungsdatum,
        date de sortie, date de départ, date de fin, fecha de baja, fecha de salida, fecha de fin, data di cessazione,
        data cessazione, data fine, data de desligamento, data de saída, data de demissão, data de fim,
        datum uit dienst, uitdiensttreding, uit dienst, date of termination, term date, termination day, terminated on,
        separation date, date of exit, last date worked, employment ended on, Austritt am, date sortie, fecha baja,
        退職日, 退社日, 离职日期
    """,
    "pay_from": """
        pay from, salary from, pay start, pay start date, pay effective date, salary effective date, salary start date,
        compensation effective date, effective date, effective from, valid from, gültig ab, Gehalt ab, gehalt gültig ab,
        date d'effet, salaire depuis, fecha efectiva, vigente desde, fecha de efecto, data di decorrenza, decorrenza,
        data efetiva, vigência, ingangsdatum, salaris vanaf
    """,
    "status": """
        status, employment status, employee status, worker status, hr status, Beschäftigungsstatus, Mitarbeiterstatus,
        statut, état, estado, situación, stato, situação, estado laboral, dienstverbandstatus, position status,
        assignment status, active status, lifecycle status, account enabled, is active, active, current status,
        work status, estatus, aktiv, 在籍状況, 在籍区分
    """,
    "carry_in": """
        carry in, carry over, carried over, carry forward, budget carried over, training budget carried over, Übertrag,
        Budgetübertrag, report de budget, reporté, saldo anterior, arrastre, riporto, saldo transitado, overdracht
    """,
}
"""Of each field; a manager may be told in three ways. The team's have the likeliest first."""

NEVER = """
birth, born, dob, bday, birthday, birthdate, age, gender, sex, ethnic*, race, racial, religion, disability, disabled,
veteran, ssn, sin, social security, national id, national identifier, nationality, citizenship, national insurance,
ni no, tax id, passport, marital, geburt*, geschlecht, konfession, religionszugehorigkeit, steuer id,
steueridentifikationsno, steuerno, sozialversicherung*, rentenversicherung*, sv no, familienstand, schwerbehind*,
staatsangehorigkeit, naissance, sexe, nir, securite sociale, nationalite, nacimiento, sexo, genero, dni, nie, nif, nss,
seguridad social, nacionalidad, raza, nascita, sesso, genere, codice fiscale, nascimento, cpf, nacionalidade, etnia,
raca, geboorte*, geslacht, bsn, burgerservice*, nationaliteit
"""
"""Words that mark a column which is never read: what a growth plan has no business with."""

PAY = """
income, comp rate, base compensation, annual rt, monthly rt, hourly rt, 年収, 月給, 給与, 基本給, 年俸, 时薪, salary,
pay, wage, wages, compensation, remuneration, pay rate, pay amount, salary amount, rate of pay, hourly rate,
monthly rate, annual rate, Gehalt, Lohn, Entgelt, Vergütung, Bezüge, salaire, rémunération, traitement, taux horaire,
salario, sueldo, retribución, remuneración, stipendio, retribuzione, RAL, vencimento, ordenado, remuneração, salaris,
loon
"""
"""What pay is called, beside words for its period, its kind and its currency."""

ABOUT_PAY = """
fix fixed amount rate value of guaranteed contracted
annual annually annum yearly year month monthly hour hourly per pa p a base basic gross current actual full time fte
equivalent in em of the contract contractual brutto jahr jahrlich jahrliches monat monatlich monatliches stunde pro ist
grund annuel annuelle mensuel mensuelle horaire brut brute de base par an mois heure anual mensual bruto bruta por
hora ano mes annuo annua mensile oraria lordo lorda mensal jaar maand uur dollars euros dollar euro vollzeit
"""
"""Words beside the pay's name that say its period or its kind."""

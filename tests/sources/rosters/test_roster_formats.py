"""Rosters under the headers of real systems: each loads right at the first try, or at the second with what it asked for.

Headers and forms of values are those of the exports; the people are invented, and the same everywhere: Maya Lind leads
Ana Ruiz, who is paid 60,000 a year; Tom Ode has left.
"""

# ruff: noqa: E501  # rows of exports stand on one line

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from growthsheet.errors import InputError
from growthsheet.sources.rosters.read_roster import RosterReading
from tests.sources.rosters.reading_rosters import Read

DOCS = Path(__file__).parents[3] / "docs" / "rosters.md"


@dataclass(frozen=True)
class Format:
    """An export: its text, and what the second try says where the first one asks."""

    text: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    manager: str = "1"
    """Whom Ana reports to, by the export."""


TRUE_FALSE = {"True": "employed", "False": "left"}
FORMATS = {
    "Workday": Format(
        "Employee ID,Worker,Business Title,Manager,Hire Date,Termination Date,Active Status,Total Base Pay - Amount,"
        "Currency,Frequency,FTE\n"
        '1,Maya Lind (1),Owner,,2015-01-05,,Yes,"90,000.00",EUR,Annual,100%\n'
        '2,Ana Ruiz (2),Product Manager,Maya Lind (1),2019-03-01,,Yes,"60,000.00",EUR,Annual,100%\n'
        "3,Tom Ode (Terminated) (3),Product Manager,Maya Lind (1),2019-03-01,2020-01-31,No,,EUR,Annual,100%\n",
        {"status": {"Yes": "employed", "No": "left"}, "map": {"salary": "Total Base Pay - Amount"}, "basis": "annual"},
    ),
    "SAP SuccessFactors": Format(
        "STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,EMAIL,MANAGER,HR,DEPARTMENT,TITLE,HIREDATE,TIMEZONE\n"
        "active,1,mlind,Maya,Lind,m@x.com,NO_MANAGER,9,Core,Owner,01/15/2015,CET\n"
        "active,2,aruiz,Ana,Ruiz,a@x.com,1,9,Core,Product Manager,03/20/2019,CET\n"
        "inactive,3,tode,Tom,Ode,t@x.com,1,9,Core,Product Manager,03/20/2019,CET\n"
    ),
    "BambooHR": Format(
        "Employee #,First Name,Last Name,Job Title,Department,Reporting to,Hire Date,Employment Status,Pay rate,Paid per\n"
        '1,Maya,Lind,Owner,Core,,01/15/2015,Full-Time,"$90,000.00",Year\n'
        '2,Ana,Ruiz,Product Manager,Core,Maya Lind,03/20/2019,Full-Time,"$60,000.00",Year\n'
        "3,Tom,Ode,Product Manager,Core,Maya Lind,03/20/2019,Terminated,$25.00,Hour\n"
    ),
    "Personio": Format(
        "ID;First name;Last name;Email;Status;Position;Department;Supervisor;Supervisor ID;Hire date;Termination date;"
        "Weekly working hours;Fixed salary;Fixed salary interval\n"
        "1;Maya;Lind;m@x.com;Active;Owner;Core;;;15.01.2015;;40;90000,00;yearly\n"
        "2;Ana;Ruiz;a@x.com;Active;Product Manager;Core;Maya Lind;1;20.03.2019;;40;60000,00;yearly\n"
        "3;Tom;Ode;t@x.com;Inactive;Product Manager;Core;Maya Lind;1;20.03.2019;31.01.2020;40;50000,00;yearly\n",
        {"currency": "EUR"},
    ),
    "ADP Workforce Now": Format(
        "Associate ID,Payroll Name,Job Title Description,Position Status,Hire Date,Termination Date,Reports To Name,"
        "Annual Salary,Regular Pay Rate Amount,Home Department Description\n"
        '1,"Lind, Maya",Owner,Active,01/15/2015,,,"$90,000.00",$43.27,Core\n'
        '2,"Ruiz, Ana",Product Manager,Active,03/20/2019,,"Lind, Maya","$60,000.00",$28.85,Core\n'
        '3,"Ode, Tom",Product Manager,Terminated,03/20/2019,01/31/2020,"Lind, Maya","$50,000.00",$24.04,Core\n',
        {"ignore": ["Regular Pay Rate Amount"]},
    ),
    "UKG Pro": Format(
        "Employee Number,Employee Name,Job,Supervisor Name,Employment Status,Last Hire Date,Annual Salary,Hourly Pay Rate,"
        "Scheduled Hours\n"
        "1,Maya Lind,Owner,,Active,01/15/2015,90000.00,43.27,40\n"
        "2,Ana Ruiz,Product Manager,Maya Lind,Active,03/20/2019,60000.00,28.85,40\n"
        "3,Tom Ode,Product Manager,Maya Lind,Terminated,03/20/2019,50000.00,24.04,40\n",
        {"map": {"salary": "Annual Salary"}, "currency": "USD"},
    ),
    "Oracle HCM": Format(
        "Person Number,Display Name,Assignment Status,Job Name,Manager Person Number,Manager Name,Enterprise Hire Date,"
        "Salary Amount,Salary Basis,Salary Currency\n"
        "1,Maya Lind,Active - Payroll Eligible,Owner,,,2015-01-15,90000,Annual,EUR\n"
        "2,Ana Ruiz,Active - Payroll Eligible,Product Manager,1,Maya Lind,2019-03-20,60000,Annual,EUR\n"
        "3,Tom Ode,Inactive - No Payroll,Product Manager,1,Maya Lind,2019-03-20,50000,Annual,EUR\n",
        {"map": {"start": "Enterprise Hire Date"}, "status": {"Inactive - No Payroll": "left"}},
    ),
    "Rippling": Format(
        "Employee ID,Full name,Work email,Title,Manager,Employment type,Start date,End date,Annual base compensation,"
        "Compensation currency\n"
        "1,Maya Lind,m@x.com,Owner,,Salaried full-time,2015-01-15,,90000,USD\n"
        "2,Ana Ruiz,a@x.com,Product Manager,Maya Lind,Salaried full-time,2019-03-20,,60000,USD\n"
        "3,Tom Ode,t@x.com,Product Manager,Maya Lind,Salaried full-time,2019-03-20,2020-01-31,50000,USD\n"
    ),
    "Gusto": Format(
        "Employee ID,First name,Last name,Email,Job title,Manager,Start date,Termination date,Compensation,Pay per\n"
        '1,Maya,Lind,m@x.com,Owner,,2015-01-15,,"$90,000.00",Year\n'
        '2,Ana,Ruiz,a@x.com,Product Manager,Maya Lind,2019-03-20,,"$60,000.00",Year\n'
        "3,Tom,Ode,t@x.com,Product Manager,Maya Lind,2019-03-20,2020-01-31,$20.00,Hour\n"
    ),
    "HiBob": Format(
        "Employee ID,Display name,Email,Job title,Reports to,Start date,Lifecycle status,Base salary,Base salary currency,"
        "Salary pay period,Salary pay frequency\n"
        "1,Maya Lind,m@x.com,Owner,,15/01/2015,Employed,90000,EUR,Annual,Monthly\n"
        "2,Ana Ruiz,a@x.com,Product Manager,Maya Lind,20/03/2019,Employed,60000,EUR,Annual,Monthly\n"
        "3,Tom Ode,t@x.com,Product Manager,Maya Lind,20/03/2019,Terminated,50000,EUR,Annual,Monthly\n"
    ),
    "Factorial": Format(
        "Employee ID,Full name,Email,Job title,Manager,Contract start date,Termination date,Annual salary,Hourly salary,"
        "Working hours per week\n"
        "1,Maya Lind,m@x.com,Owner,,2015-01-15,,90000,0,40\n"
        "2,Ana Ruiz,a@x.com,Product Manager,Maya Lind,2019-03-20,,60000,0,40\n"
        "3,Tom Ode,t@x.com,Product Manager,Maya Lind,2019-03-20,2020-01-31,50000,0,40\n",
        {"map": {"start": "Contract start date"}, "currency": "EUR"},
    ),
    "Paylocity": Format(
        "Employee Id,Last Name,First Name,Position Title,Supervisor,Supervisor Employee Id,Status,Hire Date,Term Date,"
        "Annual Salary\n"
        '1,Lind,Maya,Owner,,,Active,01/15/2015,,"$90,000.00"\n'
        '2,Ruiz,Ana,Product Manager,"Lind, Maya",1,Active,03/20/2019,,"$60,000.00"\n'
        '3,Ode,Tom,Product Manager,"Lind, Maya",1,Terminated,03/20/2019,01/31/2020,"$50,000.00"\n'
    ),
    "Paycom": Format(
        "Employee_Code,Legal_Firstname,Legal_Lastname,Employee_Status,Position,Supervisor_Primary,Hire_Date,Annual_Salary\n"
        "1,Maya,Lind,Active,Owner,,01/15/2015,90000.00\n"
        "2,Ana,Ruiz,Active,Product Manager,Maya Lind,03/20/2019,60000.00\n"
        "3,Tom,Ode,Terminated,Product Manager,Maya Lind,03/20/2019,50000.00\n",
        {
            "map": {
                "manager": "Supervisor_Primary",
                "first_name": "Legal_Firstname",
                "last_name": "Legal_Lastname",
            },
            "currency": "USD",
        },
    ),
    "Namely": Format(
        "Employee ID,Full Name,Email,Job Title,Reports To,Reports To Email,User Status,Start Date,Departure Date,"
        "Salary Amount,Salary Currency Type,Salary Yearly Amount\n"
        "1,Maya Lind,m@x.com,Owner,,,active,2015-01-15,,90000,USD,90000\n"
        "2,Ana Ruiz,a@x.com,Product Manager,Maya Lind,m@x.com,active,2019-03-20,,60000,USD,60000\n"
        "3,Tom Ode,t@x.com,Product Manager,Maya Lind,m@x.com,inactive,2019-03-20,2020-01-31,50000,USD,50000\n",
        {
            "map": {
                "end": "Departure Date",
                "salary": "Salary Yearly Amount",
                "status": "User Status",
                "currency": "Salary Currency Type",
            },
            "basis": "annual",
        },
    ),
    "Zoho People": Format(
        "Employee ID,First Name,Last Name,Email address,Designation,Reporting To,Employee Status,Date of joining,"
        "Date of exit\n"
        "1,Maya,Lind,m@x.com,Owner,,Active,15-Jan-2015,\n"
        "2,Ana,Ruiz,a@x.com,Product Manager,Maya Lind 1,Active,20-Mar-2019,\n"
        "3,Tom,Ode,t@x.com,Product Manager,Maya Lind 1,Resigned,20-Mar-2019,31-Jan-2020\n"
    ),
    "Sage HR": Format(
        "Employee number,First name,Last name,Email,Position,Team,Reports to,Employment start date,Termination date,FTE\n"
        "1,Maya,Lind,m@x.com,Owner,Core,,15/01/2015,,1\n"
        "2,Ana,Ruiz,a@x.com,Product Manager,Core,Maya Lind,20/03/2019,,1\n"
        "3,Tom,Ode,t@x.com,Product Manager,Core,Maya Lind,20/03/2019,31/01/2020,1\n"
    ),
    "DATEV": Format(
        "Pers.-Nr.;Nachname;Vorname;Berufsbezeichnung;Eintrittsdatum;Austrittsdatum;Wochenstunden;Bruttogehalt monatlich\n"
        "1;Lind;Maya;Owner;15.01.2015;;40,00;7.500,00\n"
        "2;Ruiz;Ana;Product Manager;20.03.2019;;40,00;5.000,00\n"
        "3;Ode;Tom;Product Manager;20.03.2019;31.01.2020;40,00;4.000,00\n",
        {"currency": "EUR"},
        manager="",
    ),
    "Deel": Format(
        "Worker ID,Worker Name,Email,Job Title,Direct Manager,Hiring Status,Start Date,End Date,Annual gross salary,Currency\n"
        "1,Maya Lind,m@x.com,Owner,,Active,2015-01-15,,90000.00,EUR\n"
        "2,Ana Ruiz,a@x.com,Product Manager,Maya Lind,Active,2019-03-20,,60000.00,EUR\n"
        "3,Tom Ode,t@x.com,Product Manager,Maya Lind,Inactive,2019-03-20,2020-01-31,50000.00,EUR\n",
        {"map": {"status": "Hiring Status"}},
    ),
    "Ceridian Dayforce": Format(
        "Employee Number,Display Name,Job Assignment Name,Manager Display Name,Employment Status,Hire Date,"
        "Termination Date,Annual Base Salary,Normal Weekly Hours\n"
        '1,"Lind, Maya",Owner,,Active,1/15/2015,,"90,000.00",40.00\n'
        '2,"Ruiz, Ana",Product Manager,"Lind, Maya",Active,3/20/2019,,"60,000.00",40.00\n'
        '3,"Ode, Tom",Product Manager,"Lind, Maya",Terminated,3/20/2019,1/31/2020,"50,000.00",40.00\n',
        {"map": {"title": "Job Assignment Name", "hours": "Normal Weekly Hours"}, "currency": "CAD"},
    ),
    "Lattice": Format(
        "employee_id,name,preferred_name,email,manager_email,title,department,start_date,status\n"
        "1,Maya Lind,May,m@x.com,,Owner,Core,2015-01-15,ACTIVE\n"
        "2,Ana Ruiz,,a@x.com,m@x.com,Product Manager,Core,2019-03-20,ACTIVE\n"
        "3,Tom Ode,,t@x.com,m@x.com,Product Manager,Core,2019-03-20,INACTIVE\n"
    ),
    "Kenjo": Format(
        "Employee number;First name;Last name;Work email;Job title;Reports to;Start date;Contract end;Status;Base salary;"
        "Salary period\n"
        "1;Maya;Lind;m@x.com;Owner;;15.01.2015;;active;90000;yearly\n"
        "2;Ana;Ruiz;a@x.com;Product Manager;Maya Lind;20.03.2019;;active;60000;yearly\n"
        "3;Tom;Ode;t@x.com;Product Manager;Maya Lind;20.03.2019;31.01.2020;inactive;50000;yearly\n",
        {"map": {"end": "Contract end"}, "currency": "EUR"},
    ),
    "PeopleSoft": Format(
        "ID,Name,HR Status,Payroll Status,Job Title,Supervisor ID,Last Start Date,Annual Rt,Monthly Rt,Currency,Std Hrs/Wk,FTE\n"
        '1,"Lind,Maya",A,Active,Owner,,01/15/2015,90000.00,7500.00,USD,40.00,1.0\n'
        '2,"Ruiz,Ana",A,Active,Product Manager,1,03/20/2019,60000.00,5000.00,USD,40.00,1.0\n'
        '3,"Ode,Tom",I,Terminated,Product Manager,1,03/20/2019,50000.00,4166.67,USD,40.00,1.0\n',
        {
            "map": {"salary": "Annual Rt", "start": "Last Start Date"},
            "status": {"A": "employed", "I": "left"},
            "basis": "annual",
        },
    ),
    "Odoo": Format(
        "Employee ID,Employee Name,Work Email,Job Position,Manager,Department,Active,Wage\n"
        "1,Maya Lind,m@x.com,Owner,,Core,True,7500.00\n"
        "2,Ana Ruiz,a@x.com,Product Manager,Maya Lind,Core,True,5000.00\n"
        "3,Tom Ode,t@x.com,Product Manager,Maya Lind,Core,False,4000.00\n",
        {
            "map": {"title": "Job Position"},
            "status": TRUE_FALSE,
            "basis": "monthly",
            "currency": "EUR",
        },
    ),
    "Microsoft Entra ID": Format(
        "id,displayName,userPrincipalName,jobTitle,manager,userType,accountEnabled\n"
        "1,Maya Lind,m@x.com,Owner,,Member,True\n2,Ana Ruiz,a@x.com,Product Manager,m@x.com,Member,True\n"
        "3,Tom Ode,t@x.com,Product Manager,m@x.com,Member,False\n4,Printer 2,p@x.com,,,Member,True\n",
        {"status": TRUE_FALSE},
    ),
    "Google Sheets by hand": Format(
        "Our team,,,,\n,,,,\nID,Name,Title,Boss,Salary per year\n1,Maya Lind,Owner,,€90000\n"
        "2,Ana Ruiz,Product Manager,Maya Lind,€60000\nTotal,,,,€150000\n"
    ),
    "Excel by hand, German": Format(
        "Personalnr;Name;Vorname;Funktion;Vorgesetzter;Eintritt;Austritt;Jahresgehalt;Währung\n"
        "1;Lind;Maya;Owner;;15.01.2015;;90.000,00;EUR\n2;Ruiz;Ana;Product Manager;Lind, Maya;20.03.2019;;60.000,00;EUR\n"
        "3;Ode;Tom;Product Manager;Lind, Maya;20.03.2019;31.01.2020;50.000,00;EUR\nSumme;;;;;;;200.000,00;\n"
    ),
    "Excel by hand, French": Format(
        "Matricule;Nom;Prénom;Poste;Responsable;Date d'embauche;Date de sortie;Salaire annuel brut (EUR)\n"
        "1;Lind;Maya;Owner;;15/01/2015;;90 000,00\n2;Ruiz;Ana;Product Manager;Maya Lind;20/03/2019;;60 000,00\n"
        "3;Ode;Tom;Product Manager;Maya Lind;20/03/2019;31/01/2020;50 000,00\n"
    ),
    "Excel by hand, Spanish": Format(
        "N° empleado;Nombre;Apellidos;Puesto;Jefe directo;Fecha de alta;Fecha de baja;Salario bruto anual €\n"
        "1;Maya;Lind;Owner;;15/01/2015;;90.000,00\n2;Ana;Ruiz;Product Manager;Maya Lind;20/03/2019;;60.000,00\n"
        "3;Tom;Ode;Product Manager;Maya Lind;20/03/2019;31/01/2020;50.000,00\n"
    ),
    "Excel by hand, Japanese": Format(
        "社員番号,氏名,役職,上司,入社日,退職日,年収,通貨\n1,Maya Lind,Owner,,2015年1月15日,,90000,JPY\n"
        "2,Ana Ruiz,Product Manager,Maya Lind,2019/03/20,,60000,JPY\n"
        "3,Tom Ode,Product Manager,Maya Lind,2019/03/20,2020/01/31,50000,JPY\n"
    ),
}


def is_right(reading: RosterReading, format: Format) -> bool:
    """Whether who is there, who leads whom and what Ana is paid are what everybody would read in the file."""
    maya = ("Maya Lind", "Lind, Maya", "Lind,Maya")
    people = [(person.id, person.name in maya, person.manager) for person in reading.people]
    year = {"annual": 1, "monthly": 12}
    paid = [int(pay.amount) * year[pay.basis] for pay in reading.pay]
    return people == [("1", True, ""), ("2", False, format.manager)] and paid in ([], [90000, 60000])


def tries(read: Read, format: Format) -> int:
    """How many tries it takes: 1, or 2 with the answers to what the first one asked."""
    try:
        assert is_right(read(format.text), format)
        return 1
    except InputError:
        assert is_right(read(format.text, **format.answers), format)
        return 2


@pytest.mark.parametrize("name", FORMATS)
def test_exports_load_at_the_first_or_second_try(read: Read, name: str) -> None:
    """Each format is read right, or asks and is then read right; the documentation counts the same tries."""
    [line] = [line for line in DOCS.read_text("utf-8").splitlines() if line.startswith(f"| {name} |")]
    options = " ".join(f"--{option}".replace("_", "-") for option in FORMATS[name].answers)
    assert line == f"| {name} | {tries(read, FORMATS[name])} | {f'`{options}`' if options else ''} |".replace(
        "|  |", "| |"
    )

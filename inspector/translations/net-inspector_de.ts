<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>inspector::Actions</name>
    <message>
        <source>&amp;Pause the view</source>
        <translation>Ansicht an&amp;halten</translation>
    </message>
    <message>
        <source>Lets everything stand still to be read; recording goes on</source>
        <translation>Hält alles zum Lesen an; die Aufzeichnung läuft weiter</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>&amp;Aufzeichnen</translation>
    </message>
    <message>
        <source>Keep events and payload as they come in</source>
        <translation>Ereignisse und Nutzdaten aufbewahren, wie sie eintreffen</translation>
    </message>
    <message>
        <source>&amp;Clear log</source>
        <translation>Protokoll &amp;leeren</translation>
    </message>
    <message>
        <source>Empties the event log and the captured streams; what has ended goes</source>
        <translation>Leert das Ereignisprotokoll und die mitgelesenen Datenströme; Beendetes verschwindet</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>Goes to the filter</source>
        <translation>Geht zum Filter</translation>
    </message>
    <message>
        <source>As a &amp;tree</source>
        <translation>Als &amp;Baum</translation>
    </message>
    <message>
        <source>Connections below their servers, or all in one table</source>
        <translation>Verbindungen unter ihren Servern oder alle in einer Tabelle</translation>
    </message>
    <message>
        <source>Keep &amp;ended applications</source>
        <translation>B&amp;eendete Anwendungen behalten</translation>
    </message>
    <message>
        <source>The last ones that have ended stay with what they had open, also when they are started again</source>
        <translation>Die zuletzt beendeten bleiben mit allem, was sie offen hatten, auch wenn sie neu gestartet werden</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;About net-inspector</source>
        <translation>&amp;Über net-inspector</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Not at all</source>
        <translation>&amp;Gar nicht</translation>
    </message>
    <message>
        <source>&amp;5 seconds</source>
        <translation>&amp;5 Sekunden</translation>
    </message>
    <message>
        <source>&amp;30 seconds</source>
        <translation>&amp;30 Sekunden</translation>
    </message>
    <message>
        <source>5 &amp;minutes</source>
        <translation>5 &amp;Minuten</translation>
    </message>
    <message>
        <source>Record call &amp;stacks</source>
        <translation>Aufruf&amp;stapel aufzeichnen</translation>
    </message>
    <message>
        <source>Who creates, connects, listens, ends and destroys is recorded from now on, in every application; each call takes some microseconds more</source>
        <translation>Wer erzeugt, verbindet, lauscht, beendet und zerstört, wird ab jetzt in jeder Anwendung aufgezeichnet; jeder Aufruf dauert einige Mikrosekunden länger</translation>
    </message>
    <message>
        <source>Capture all pa&amp;yload</source>
        <translation>Alle Nutz&amp;last aufzeichnen</translation>
    </message>
    <message>
        <source>What every socket says is captured from now on, where its application shows it; else that of the chosen one alone</source>
        <translation>Von nun an wird aufgezeichnet, was jeder Socket sagt, wo seine Anwendung es zeigt; sonst nur, was der gewählte sagt</translation>
    </message>
</context>
<context>
    <name>inspector::AgentFeed</name>
    <message>
        <source>the agent tells of more servers and sockets than there can be</source>
        <translation>der Agent meldet mehr Server und Sockets, als es geben kann</translation>
    </message>
    <message>
        <source>the agent begins a snapshot inside of another</source>
        <translation>der Agent beginnt eine Bestandsaufnahme innerhalb einer anderen</translation>
    </message>
    <message>
        <source>it says nothing any more: stopped, or far too busy</source>
        <translation>sie sagt nichts mehr: angehalten, oder viel zu beschäftigt</translation>
    </message>
</context>
<context>
    <name>inspector::AgentList</name>
    <message>
        <source>No inspectable process can be trusted: %1.</source>
        <translation>Keinem inspizierbaren Prozess ist zu trauen: %1.</translation>
    </message>
    <message>
        <source>No inspectable process is running (looked in %1).</source>
        <translation>Es läuft kein inspizierbarer Prozess (gesucht in %1).</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>NAME</translation>
    </message>
    <message>
        <source>RUNNING FOR</source>
        <translation>LÄUFT SEIT</translation>
    </message>
    <message>
        <source>PROTOCOL</source>
        <translation>PROTOKOLL</translation>
    </message>
    <message>
        <source>SOCKET</source>
        <translation>SOCKET</translation>
    </message>
</context>
<context>
    <name>inspector::BackpressureModel</name>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Who writes</source>
        <translation>Wer schreibt</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>An wen</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Schreibpuffer</translation>
    </message>
    <message>
        <source>Bytes that wait to be sent, and the high-water mark</source>
        <translation>Bytes, die aufs Senden warten, und die Füllgrenze</translation>
    </message>
    <message>
        <source>Above since</source>
        <translation>Darüber seit</translation>
    </message>
    <message>
        <source>For how long it has been waiting for drain</source>
        <translation>Wie lange es schon auf drain wartet</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>Gewartet</translation>
    </message>
    <message>
        <source>For how long it has waited for drain in all</source>
        <translation>Wie lange es insgesamt auf drain gewartet hat</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Wie oft</translation>
    </message>
    <message>
        <source>How often it had to wait for drain</source>
        <translation>Wie oft es auf drain warten musste</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>Was es bedeutet</translation>
    </message>
    <message>
        <source>%1 above the mark · %2 waiting · %3 queued</source>
        <translation>%1 über der Füllgrenze · %2 warten · %3 im Puffer</translation>
    </message>
    <message>
        <source>In the kernel</source>
        <translation>Im Kern</translation>
    </message>
    <message>
        <source>Bytes sent and not acknowledged, or not sent yet; of a local socket, not read</source>
        <translation>Gesendete Bytes ohne Bestätigung und noch nicht gesendete; bei lokalen Sockets nicht gelesene</translation>
    </message>
    <message>
        <source>Who is slow</source>
        <translation>Wer langsam ist</translation>
    </message>
</context>
<context>
    <name>inspector::CallFrames</name>
    <message>
        <source>the file is not there any more</source>
        <translation>die Datei ist nicht mehr da</translation>
    </message>
    <message>
        <source>the file was changed since the application has loaded it</source>
        <translation>die Datei wurde geändert, seit die Anwendung sie geladen hat</translation>
    </message>
    <message>
        <source>this net-inspector was built without libdw, which reads symbols</source>
        <translation>dieser net-inspector wurde ohne libdw gebaut, das Symbole liest</translation>
    </message>
    <message>
        <source>the file has no symbol there</source>
        <translation>die Datei hat dort kein Symbol</translation>
    </message>
    <message>
        <source>it lies in no program or library that was known</source>
        <translation>sie liegt in keinem bekannten Programm und keiner bekannten Bibliothek</translation>
    </message>
    <message>
        <source>its name is being looked for</source>
        <translation>ihr Name wird gesucht</translation>
    </message>
</context>
<context>
    <name>inspector::Columns</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Object name, or its number in the process</source>
        <translation>Objektname, sonst die Nummer im Prozess</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Application it belongs to</source>
        <translation>Anwendung, zu der es gehört</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Server, accepted by a server, or client</source>
        <translation>Server, von einem Server angenommen oder Client</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>State, and what else is true of it</source>
        <translation>Zustand und was sonst noch gilt</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>Local address or path</source>
        <translation>Lokale Adresse oder Pfad</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Remote address or path; connections of a server</source>
        <translation>Entfernte Adresse oder Pfad; Verbindungen eines Servers</translation>
    </message>
    <message>
        <source>▼ Received</source>
        <translation>▼ Empfang</translation>
    </message>
    <message>
        <source>Bytes read from the system</source>
        <translation>Vom System gelesene Bytes</translation>
    </message>
    <message>
        <source>▲ Sent</source>
        <translation>▲ Versand</translation>
    </message>
    <message>
        <source>Bytes that the system has taken</source>
        <translation>Bytes, die das System übernommen hat</translation>
    </message>
    <message>
        <source>▼ In</source>
        <translation>▼ Ein</translation>
    </message>
    <message>
        <source>Bytes received a second</source>
        <translation>Je Sekunde empfangene Bytes</translation>
    </message>
    <message>
        <source>▲ Out</source>
        <translation>▲ Aus</translation>
    </message>
    <message>
        <source>Bytes sent a second</source>
        <translation>Je Sekunde gesendete Bytes</translation>
    </message>
    <message>
        <source>Write queue</source>
        <translation>Schreibpuffer</translation>
    </message>
    <message>
        <source>Bytes written and not sent, against the high-water mark</source>
        <translation>Geschriebene, noch nicht gesendete Bytes im Verhältnis zur Füllgrenze</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Time since it was created</source>
        <translation>Zeit, seit es erzeugt wurde</translation>
    </message>
    <message>
        <source>Quiet for</source>
        <translation>Ruhig seit</translation>
    </message>
    <message>
        <source>Time since anything happened</source>
        <translation>Zeit, seit zuletzt etwas geschah</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>What failed last</source>
        <translation>Was zuletzt fehlschlug</translation>
    </message>
</context>
<context>
    <name>inspector::CommandLine</name>
    <message>
        <source>--screenshot: &quot;%1&quot; is no picture that can be written; end its name in .png</source>
        <translation>--screenshot: »%1« ist kein Bild, das sich schreiben lässt; der Name sollte auf .png enden</translation>
    </message>
    <message>
        <source>--screenshot: there is no directory %1</source>
        <translation>--screenshot: Es gibt kein Verzeichnis %1</translation>
    </message>
    <message>
        <source>--record: &quot;%1&quot; is no name of a file</source>
        <translation>--record: »%1« ist kein Dateiname</translation>
    </message>
    <message>
        <source>--record: there is no directory %1</source>
        <translation>--record: Es gibt kein Verzeichnis %1</translation>
    </message>
    <message>
        <source>There is no file &quot;%1&quot;.</source>
        <translation>Es gibt keine Datei »%1«.</translation>
    </message>
    <message>
        <source>--record: a recording is no running application.</source>
        <translation>--record: Eine Aufzeichnung ist keine laufende Anwendung.</translation>
    </message>
    <message>
        <source>--attach: a recording is no running application.</source>
        <translation>--attach: Eine Aufzeichnung ist keine laufende Anwendung.</translation>
    </message>
    <message>
        <source>--export: &quot;%1&quot; does not end in any of %2</source>
        <translation>--export: »%1« endet auf nichts von %2</translation>
    </message>
    <message>
        <source>--export: there is no directory %1</source>
        <translation>--export: Es gibt kein Verzeichnis %1</translation>
    </message>
    <message>
        <source>Shows the servers, connections and data flow of running applications that use libnet, live.
Without options it opens a window and attaches to every inspectable process of yours, now and later.
With the name of a recording it shows that.</source>
        <translation>Zeigt live die Server, Verbindungen und Datenflüsse laufender Anwendungen, die libnet benutzen.
Ohne Optionen öffnet es ein Fenster und verbindet sich mit jedem Ihrer inspizierbaren Prozesse, jetzt und später.
Mit dem Namen einer Aufzeichnung zeigt es diese.</translation>
    </message>
    <message>
        <source>A recording to open.</source>
        <translation>Eine Aufzeichnung, die geöffnet werden soll.</translation>
    </message>
    <message>
        <source>Shows this help.</source>
        <translation>Zeigt diese Hilfe.</translation>
    </message>
    <message>
        <source>Shows the version.</source>
        <translation>Zeigt die Version.</translation>
    </message>
    <message>
        <source>Prints the inspectable processes and ends.</source>
        <translation>Gibt die inspizierbaren Prozesse aus und endet.</translation>
    </message>
    <message>
        <source>Attaches only to this process and the workers it forks. May be given again.</source>
        <translation>Verbindet sich nur mit diesem Prozess und den Arbeitern, die er abspaltet. Darf mehrmals stehen.</translation>
    </message>
    <message>
        <source>Ends after this time: 500ms, 10s or 2m. Otherwise when the window is closed; --print without one takes 5s.</source>
        <translation>Endet nach dieser Zeit: 500ms, 10s oder 2m. Sonst, wenn das Fenster geschlossen wird; --print ohne Fenster dauert 5s.</translation>
    </message>
    <message>
        <source>Leaves a picture of the window at the end.</source>
        <translation>Hinterlässt am Ende ein Bild des Fensters.</translation>
    </message>
    <message>
        <source>Writes what was seen at the end, without a window: packets for Wireshark if the name ends in .pcapng, the table if it ends in .csv or .json, events if it ends in .events.csv or .events.json. May be given again. Takes 5s unless --for says otherwise.</source>
        <translation>Schreibt am Ende ohne Fenster, was zu sehen war: Pakete für Wireshark, wenn der Name auf .pcapng endet, die Tabelle bei .csv oder .json, die Ereignisse bei .events.csv oder .events.json. Darf mehrmals stehen. Dauert 5s, wenn --for nichts anderes sagt.</translation>
    </message>
    <message>
        <source>Records everything to this file, without a window, and payload where the application grants it. Takes 5s unless --for says otherwise.</source>
        <translation>Zeichnet ohne Fenster alles in diese Datei auf, auch die Nutzdaten, wo die Anwendung es erlaubt. Dauert 5s, wenn --for nichts anderes sagt.</translation>
    </message>
    <message>
        <source>Prints the counts of the recording that is opened beside those of this one.</source>
        <translation>Gibt die Zahlen der geöffneten Aufzeichnung neben denen von dieser aus.</translation>
    </message>
    <message>
        <source>Prints all servers and connections seen, at the end.</source>
        <translation>Gibt am Ende alle Server und Verbindungen aus, die zu sehen waren.</translation>
    </message>
    <message>
        <source>Fails at the end if no bytes were seen to move.</source>
        <translation>Schlägt am Ende fehl, wenn keine Bytes geflossen sind.</translation>
    </message>
    <message>
        <source>light, dark or system.</source>
        <translation>light (hell), dark (dunkel) oder system.</translation>
    </message>
    <message>
        <source>Unexpected argument &quot;%1&quot;.</source>
        <translation>Unerwartetes Argument »%1«.</translation>
    </message>
    <message>
        <source>--attach: &quot;%1&quot; is no process id.</source>
        <translation>--attach: »%1« ist keine Prozessnummer.</translation>
    </message>
    <message>
        <source>--for: &quot;%1&quot; is no time; write 500ms, 10s or 2m.</source>
        <translation>--for: »%1« ist keine Zeitspanne; schreiben Sie 500ms, 10s oder 2m.</translation>
    </message>
    <message>
        <source>--compare: name two recordings, net-inspector ONE --compare OTHER.</source>
        <translation>--compare: Nennen Sie zwei Aufzeichnungen, net-inspector EINE --compare ANDERE.</translation>
    </message>
    <message>
        <source>--compare: there is no file &quot;%1&quot;.</source>
        <translation>--compare: Es gibt keine Datei »%1«.</translation>
    </message>
    <message>
        <source>--theme: &quot;%1&quot; is none of light, dark, system.</source>
        <translation>--theme: »%1« ist nichts von light, dark, system.</translation>
    </message>
    <message>
        <source>--filter: %1</source>
        <translation>--filter: %1</translation>
    </message>
    <message>
        <source>Serves the counters as OpenMetrics text, for Prometheus, without a window: at http://localhost:PORT/metrics.</source>
        <translation>Stellt die Zähler ohne Fenster als OpenMetrics-Text für Prometheus bereit: unter http://localhost:PORT/metrics.</translation>
    </message>
    <message>
        <source>Brings a view to the front: %1.</source>
        <translation>Holt eine Ansicht nach vorn: %1.</translation>
    </message>
    <message>
        <source>--metrics: &quot;%1&quot; is no port.</source>
        <translation>--metrics: »%1« ist kein Port.</translation>
    </message>
    <message>
        <source>--metrics: a recording is no running application.</source>
        <translation>--metrics: Eine Aufzeichnung ist keine laufende Anwendung.</translation>
    </message>
    <message>
        <source>--view: &quot;%1&quot; is none of %2.</source>
        <translation>--view: »%1« ist nichts von %2.</translation>
    </message>
    <message>
        <source>Prints as JSON what the window costs: time for a frame, time from an event to the screen, memory, events received and lost.</source>
        <translation>Gibt als JSON aus, was das Fenster kostet: Zeit für ein Bild, Zeit von einem Ereignis bis zum Bildschirm, Speicher, empfangene und verlorene Ereignisse.</translation>
    </message>
    <message>
        <source>Keeps so many events, 40 bytes each (2000000).</source>
        <translation>Behält so viele Ereignisse, je 40 Bytes (2000000).</translation>
    </message>
    <message>
        <source>Sorts the table, numbers from the greatest on: %1.</source>
        <translation>Sortiert die Tabelle, Zahlen von der größten an: %1.</translation>
    </message>
    <message>
        <source>--measure: a recording is no running application.</source>
        <translation>--measure: Eine Aufzeichnung ist keine laufende Anwendung.</translation>
    </message>
    <message>
        <source>--keep: &quot;%1&quot; is no number of events up to %2.</source>
        <translation>--keep: »%1« ist keine Anzahl von Ereignissen bis %2.</translation>
    </message>
    <message>
        <source>--sort: &quot;%1&quot; is none of %2.</source>
        <translation>--sort: »%1« ist nichts von %2.</translation>
    </message>
    <message>
        <source>Starts with this filter; --print and --export have what passes it.</source>
        <translation>Beginnt mit diesem Filter; --print und --export haben, was er durchlässt.</translation>
    </message>
    <message>
        <source>--list: nothing else can be asked for with it.</source>
        <translation>--list: Daneben kann nichts anderes verlangt werden.</translation>
    </message>
    <message>
        <source>--%1 is given more than once.</source>
        <translation>--%1 ist mehr als einmal angegeben.</translation>
    </message>
</context>
<context>
    <name>inspector::Comparison</name>
    <message>
        <source>Sockets</source>
        <translation>Sockets</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Peers</source>
        <translation>Gegenseiten</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
</context>
<context>
    <name>inspector::ComparisonModel</name>
    <message>
        <source>%1 ①</source>
        <translation>%1 ①</translation>
    </message>
    <message>
        <source>%1 ②</source>
        <translation>%1 ②</translation>
    </message>
    <message>
        <source>±</source>
        <translation>±</translation>
    </message>
</context>
<context>
    <name>inspector::ComparisonWindow</name>
    <message>
        <source>Two sessions compared - net-inspector</source>
        <translation>Zwei Sitzungen im Vergleich - net-inspector</translation>
    </message>
    <message>
        <source>&amp;Only what differs</source>
        <translation>&amp;Nur Unterschiede</translation>
    </message>
    <message>
        <source>&amp;Copy as text</source>
        <translation>Als Text &amp;kopieren</translation>
    </message>
    <message>
        <source>Counts of both sessions</source>
        <translation>Zahlen beider Sitzungen</translation>
    </message>
</context>
<context>
    <name>inspector::ConnectionHint</name>
    <message>
        <source>Nothing passes the filter</source>
        <translation>Nichts passt zum Filter</translation>
    </message>
    <message>
        <source>Clear it, or make it wider, to see the rows again.</source>
        <translation>Leeren oder erweitern Sie ihn, um die Zeilen wieder zu sehen.</translation>
    </message>
    <message>
        <source>Nothing was recorded</source>
        <translation>Nichts wurde aufgezeichnet</translation>
    </message>
    <message>
        <source>No process had a server or a socket meanwhile.</source>
        <translation>Kein Prozess hatte währenddessen einen Server oder einen Socket.</translation>
    </message>
    <message>
        <source>The directory of agents cannot be trusted</source>
        <translation>Dem Verzeichnis der Agenten ist nicht zu trauen</translation>
    </message>
    <message>
        <source>%1. Only you may be able to enter it.</source>
        <translation>%1. Nur Sie dürfen es betreten können.</translation>
    </message>
    <message>
        <source>No servers and no sockets</source>
        <translation>Keine Server und keine Sockets</translation>
    </message>
    <message>
        <source>The application has not opened any yet.</source>
        <translation>Die Anwendung hat noch keine geöffnet.</translation>
    </message>
    <message>
        <source>Not attached to any process</source>
        <translation>Mit keinem Prozess verbunden</translation>
    </message>
    <message>
        <source>Choose one in the menu Processes.</source>
        <translation>Wählen Sie einen im Menü Prozesse.</translation>
    </message>
    <message>
        <source>No inspectable process is running</source>
        <translation>Es läuft kein inspizierbarer Prozess</translation>
    </message>
    <message>
        <source>Start an application that uses libnet with LIBNET_INSPECT=1 in its environment, or let it call net::Agent::start(). It appears here by itself.

Looking in %1</source>
        <translation>Starten Sie eine Anwendung, die libnet benutzt, mit LIBNET_INSPECT=1 in ihrer Umgebung, oder lassen Sie sie net::Agent::start() aufrufen. Sie erscheint hier von selbst.

Gesucht wird in %1</translation>
    </message>
</context>
<context>
    <name>inspector::ConnectionView</name>
    <message>
        <source>Servers and connections</source>
        <translation>Server und Verbindungen</translation>
    </message>
</context>
<context>
    <name>inspector::ControlMenu</name>
    <message>
        <source>Not granted: start the application with LIBNET_INSPECT_CONTROL=1</source>
        <translation>Nicht erlaubt: Starten Sie die Anwendung mit LIBNET_INSPECT_CONTROL=1</translation>
    </message>
    <message>
        <source>&amp;Pause reading</source>
        <translation>Lesen &amp;pausieren</translation>
    </message>
    <message>
        <source>&amp;Resume reading</source>
        <translation>Lesen &amp;fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Write to the peer...</source>
        <translation>An die Gegenseite &amp;schreiben...</translation>
    </message>
    <message>
        <source>&amp;Have the application receive...</source>
        <translation>Die Anwendung &amp;empfangen lassen...</translation>
    </message>
    <message>
        <source>&amp;End</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Destroy</source>
        <translation>&amp;Zerstören</translation>
    </message>
    <message>
        <source>Reset and des&amp;troy</source>
        <translation>Zu&amp;rücksetzen und zerstören</translation>
    </message>
    <message>
        <source>&amp;Arm a fault...</source>
        <translation>Störung &amp;aktivieren...</translation>
    </message>
    <message>
        <source>D&amp;isarm</source>
        <translation>Störung &amp;deaktivieren</translation>
    </message>
    <message>
        <source>Con&amp;trol</source>
        <translation>Ste&amp;uern</translation>
    </message>
</context>
<context>
    <name>inspector::CopyRows</name>
    <message>
        <source>Copy a&amp;ll rows as</source>
        <translation>A&amp;lle Zeilen kopieren als</translation>
    </message>
    <message>
        <source>Copy ro&amp;w as</source>
        <translation>Zeile ko&amp;pieren als</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>&amp;Text</translation>
    </message>
    <message>
        <source>&amp;CSV</source>
        <translation>&amp;CSV</translation>
    </message>
    <message>
        <source>&amp;JSON</source>
        <translation>&amp;JSON</translation>
    </message>
</context>
<context>
    <name>inspector::DetailPane</name>
    <message>
        <source>Facts about the chosen object</source>
        <translation>Angaben zum gewählten Objekt</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Datenstrom</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Show the stream as text</source>
        <translation>Den Datenstrom als Text zeigen</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>Show the stream in hex</source>
        <translation>Den Datenstrom hexadezimal zeigen</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Angaben</translation>
    </message>
    <message>
        <source>Nothing is chosen</source>
        <translation>Nichts ist gewählt</translation>
    </message>
    <message>
        <source>Choose a row above to see all that is known of it.</source>
        <translation>Wählen Sie oben eine Zeile, um alles zu sehen, was darüber bekannt ist.</translation>
    </message>
    <message>
        <source>Find in the stream</source>
        <translation>Im Datenstrom suchen</translation>
    </message>
    <message>
        <source>Find (F3)</source>
        <translation>Suchen (F3)</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Weitersuchen</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Rückwärts suchen</translation>
    </message>
    <message>
        <source>✗ not found</source>
        <translation>✗ nicht gefunden</translation>
    </message>
</context>
<context>
    <name>inspector::Dialogue</name>
    <message>
        <source>the agent sent a malformed frame (type %1)</source>
        <translation>der Agent hat einen fehlerhaften Rahmen gesendet (Art %1)</translation>
    </message>
    <message>
        <source>the agent does not speak the protocol: %1</source>
        <translation>der Agent spricht das Protokoll nicht: %1</translation>
    </message>
    <message>
        <source>the agent speaks protocol version %1 to %2, this inspector %3 to %4</source>
        <translation>der Agent spricht die Protokollversionen %1 bis %2, dieser Inspektor %3 bis %4</translation>
    </message>
    <message>
        <source>the agent refused: %1</source>
        <translation>der Agent hat abgelehnt: %1</translation>
    </message>
</context>
<context>
    <name>inspector::Docks</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Lints</source>
        <translation>Auffälligkeiten</translation>
    </message>
    <message>
        <source>Backpressure</source>
        <translation>Rückstau</translation>
    </message>
    <message>
        <source>Nothing waits to be sent</source>
        <translation>Nichts wartet aufs Senden</translation>
    </message>
    <message>
        <source>Sockets with bytes in their write queue are listed here, those above their high-water mark first. A filter above may hide some.</source>
        <translation>Sockets mit Bytes im Schreibpuffer stehen hier, zuerst die über ihrer Füllgrenze. Ein Filter oben kann welche verbergen.</translation>
    </message>
    <message>
        <source>Half-open connections</source>
        <translation>Halb offene Verbindungen</translation>
    </message>
    <message>
        <source>No connection is half-open</source>
        <translation>Keine Verbindung ist halb offen</translation>
    </message>
    <message>
        <source>Connections of which one side has ended are listed here, with what is missing until they are closed. A filter above may hide some.</source>
        <translation>Verbindungen, deren eine Seite beendet ist, stehen hier mit dem, was bis zum Schließen fehlt. Ein Filter oben kann welche verbergen.</translation>
    </message>
    <message>
        <source>Half-open</source>
        <translation>Halb offen</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Call stacks</source>
        <translation>Aufrufstapel</translation>
    </message>
</context>
<context>
    <name>inspector::Editor</name>
    <message>
        <source>No line of source is known there: it was built without debug information, or that is not installed</source>
        <translation>Dort ist keine Quelltextzeile bekannt: Es wurde ohne Debug-Informationen gebaut, oder sie sind nicht installiert</translation>
    </message>
    <message>
        <source>%1 is not on this computer</source>
        <translation>%1 ist nicht auf diesem Rechner</translation>
    </message>
    <message>
        <source>No editor was found; name one with &quot;Choose the editor&quot; in the menu of the call stacks</source>
        <translation>Es wurde kein Editor gefunden; nennen Sie einen mit „Editor wählen“ im Menü der Aufrufstapel</translation>
    </message>
    <message>
        <source>The editor can&apos;t be started: %1</source>
        <translation>Der Editor kann nicht gestartet werden: %1</translation>
    </message>
    <message>
        <source>Choose the editor</source>
        <translation>Editor wählen</translation>
    </message>
    <message>
        <source>Command that opens a file; %f is the file and %l the line:</source>
        <translation>Befehl, der eine Datei öffnet; %f ist die Datei und %l die Zeile:</translation>
    </message>
</context>
<context>
    <name>inspector::EventLogView</name>
    <message>
        <source>Event log</source>
        <translation>Ereignisprotokoll</translation>
    </message>
</context>
<context>
    <name>inspector::EventModel</name>
    <message>
        <source>(overwritten)</source>
        <translation>(überschrieben)</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheit</translation>
    </message>
</context>
<context>
    <name>inspector::EventPane</name>
    <message>
        <source>&amp;Data</source>
        <translation>&amp;Daten</translation>
    </message>
    <message>
        <source>&amp;Only the chosen object</source>
        <translation>&amp;Nur das gewählte Objekt</translation>
    </message>
    <message>
        <source>Show received, sent and queued bytes as well</source>
        <translation>Auch empfangene, gesendete und wartende Bytes zeigen</translation>
    </message>
    <message>
        <source>Show events of the object that is chosen above, and of its connections</source>
        <translation>Ereignisse des oben gewählten Objekts und seiner Verbindungen zeigen</translation>
    </message>
    <message>
        <source>No events</source>
        <translation>Keine Ereignisse</translation>
    </message>
    <message>
        <source>Events appear here as they happen. A filter above, or the switches, may hide them.</source>
        <translation>Ereignisse erscheinen hier, sobald sie geschehen. Ein Filter oben oder die Schalter können sie verbergen.</translation>
    </message>
    <message>
        <source>How times are told</source>
        <translation>Wie Zeiten angegeben werden</translation>
    </message>
    <message>
        <source>How times are told, here and in the stream; the chosen is the event or line chosen last</source>
        <translation>Wie Zeiten angegeben werden, hier und im Datenstrom; gewählt ist das zuletzt gewählte Ereignis oder die zuletzt gewählte Zeile</translation>
    </message>
</context>
<context>
    <name>inspector::Events</name>
    <message>
        <source>opened</source>
        <translation>geöffnet</translation>
    </message>
    <message>
        <source>lookup</source>
        <translation>Namensauflösung</translation>
    </message>
    <message>
        <source>attempt</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>attempt failed</source>
        <translation>Versuch gescheitert</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>lauscht</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>▼ received</source>
        <translation>▼ empfangen</translation>
    </message>
    <message>
        <source>▲ sent</source>
        <translation>▲ gesendet</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>drained</source>
        <translation>geleert</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>fortgesetzt</translation>
    </message>
    <message>
        <source>peer ended</source>
        <translation>Gegenseite fertig</translation>
    </message>
    <message>
        <source>end called</source>
        <translation>end() gerufen</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>Zeit abgelaufen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>data lost</source>
        <translation>Daten verloren</translation>
    </message>
    <message>
        <source>write after end</source>
        <translation>nach dem Ende geschrieben</translation>
    </message>
    <message>
        <source>closing</source>
        <translation>schließt</translation>
    </message>
    <message>
        <source>handed over</source>
        <translation>übergeben</translation>
    </message>
    <message>
        <source>taken over</source>
        <translation>übernommen</translation>
    </message>
    <message>
        <source>⚑ ordered</source>
        <translation>⚑ angewiesen</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>pausieren</translation>
    </message>
    <message>
        <source>resume</source>
        <translation>fortsetzen</translation>
    </message>
    <message>
        <source>end</source>
        <translation>beenden</translation>
    </message>
    <message>
        <source>destroy</source>
        <translation>zerstören</translation>
    </message>
    <message>
        <source>reset</source>
        <translation>zurücksetzen</translation>
    </message>
    <message>
        <source>inject towards the peer</source>
        <translation>zur Gegenseite einspeisen</translation>
    </message>
    <message>
        <source>inject towards the application</source>
        <translation>zur Anwendung einspeisen</translation>
    </message>
    <message>
        <source>fault armed</source>
        <translation>Störung aktiviert</translation>
    </message>
    <message>
        <source>fault disarmed</source>
        <translation>Störung deaktiviert</translation>
    </message>
    <message>
        <source>released</source>
        <translation>freigegeben</translation>
    </message>
    <message>
        <source>order %1</source>
        <translation>Anweisung %1</translation>
    </message>
    <message>
        <source>event %1</source>
        <translation>Ereignis %1</translation>
    </message>
    <message>
        <source>%1, %2 in all</source>
        <translation>%1, insgesamt %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>with %1 open</source>
        <translation>bei %1 offenen</translation>
    </message>
    <message>
        <source>after an error</source>
        <translation>nach einem Fehler</translation>
    </message>
    <message>
        <source>%1 with nobody listening</source>
        <translation>%1, während niemand zuhörte</translation>
    </message>
    <message>
        <source>to process %1, socket %2</source>
        <translation>an Prozess %1, Socket %2</translation>
    </message>
    <message>
        <source>from process %1, socket %2</source>
        <translation>von Prozess %1, Socket %2</translation>
    </message>
    <message>
        <source>slot returned</source>
        <translation>Slot zurück</translation>
    </message>
    <message>
        <source>%1 took %2</source>
        <translation>%1 dauerte %2</translation>
    </message>
    <message>
        <source>%1, waited %2</source>
        <translation>%1, wartete %2</translation>
    </message>
</context>
<context>
    <name>inspector::Export</name>
    <message>
        <source>%1: the name does not end in any of %2</source>
        <translation>%1: Der Name endet auf nichts von %2</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>processes, servers and connections: %L1</source>
        <translation>Prozesse, Server und Verbindungen: %L1</translation>
    </message>
    <message>
        <source>events: %L1</source>
        <translation>Ereignisse: %L1</translation>
    </message>
    <message>
        <source>; %L1 more were forgotten meanwhile</source>
        <translation>; %L1 weitere wurden inzwischen vergessen</translation>
    </message>
</context>
<context>
    <name>inspector::Exporting</name>
    <message>
        <source>Exporting %1</source>
        <translation>%1 wird exportiert</translation>
    </message>
</context>
<context>
    <name>inspector::FactModel</name>
    <message>
        <source>%1 (a double click or Return goes there)</source>
        <translation>%1 (ein Doppelklick oder die Eingabetaste führt dorthin)</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>Tatsache</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>inspector::Facts</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>%1 (%2 B)</source>
        <translation>%1 (%2 B)</translation>
    </message>
    <message>
        <source>▼ Received</source>
        <translation>▼ Empfangen</translation>
    </message>
    <message>
        <source>▲ Sent</source>
        <translation>▲ Gesendet</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>At the moment</source>
        <translation>Im Moment</translation>
    </message>
    <message>
        <source>Process id</source>
        <translation>Prozessnummer</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Arbeiter</translation>
    </message>
    <message>
        <source>Forked by</source>
        <translation>Abgespalten von</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Davor</translation>
    </message>
    <message>
        <source>Sockets</source>
        <translation>Sockets</translation>
    </message>
    <message>
        <source>Event loop delay</source>
        <translation>Verzögerung der Ereignisschleife</translation>
    </message>
    <message>
        <source>Agent&apos;s memory</source>
        <translation>Speicher des Agenten</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Events dropped</source>
        <translation>Verworfene Ereignisse</translation>
    </message>
    <message>
        <source>→ %1 in %2</source>
        <translation>→ %1 in %2</translation>
    </message>
    <message>
        <source>Listens on</source>
        <translation>Lauscht auf</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Shared by</source>
        <translation>Geteilt von</translation>
    </message>
    <message>
        <source>→ %1, %2</source>
        <translation>→ %1, %2</translation>
    </message>
    <message>
        <source>%1 of at most %2</source>
        <translation>%1 von höchstens %2</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Accepted by</source>
        <translation>Angenommen von</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Write queue</source>
        <translation>Schreibpuffer</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Read buffer</source>
        <translation>Lesepuffer</translation>
    </message>
    <message>
        <source>may stay half-open</source>
        <translation>darf halb offen bleiben</translation>
    </message>
    <message>
        <source>has a timeout</source>
        <translation>hat eine Zeitbegrenzung</translation>
    </message>
    <message>
        <source>does not keep the application running</source>
        <translation>hält die Anwendung nicht am Laufen</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>nobody listens to its data</source>
        <translation>niemand hört auf seine Daten</translation>
    </message>
    <message>
        <source>nobody listens to its errors</source>
        <translation>niemand hört auf seine Fehler</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Descriptor</source>
        <translation>Deskriptor</translation>
    </message>
    <message>
        <source>Thread</source>
        <translation>Thread</translation>
    </message>
    <message>
        <source>Payload not kept</source>
        <translation>Nicht aufbewahrte Nutzdaten</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Quiet for</source>
        <translation>Ruhig seit</translation>
    </message>
    <message>
        <source>In the kernel</source>
        <translation>Im Kern</translation>
    </message>
    <message>
        <source>%1 not read by the peer</source>
        <translation>%1 von der Gegenseite nicht gelesen</translation>
    </message>
    <message>
        <source>%1 not acknowledged, %2 of them not sent yet</source>
        <translation>%1 nicht bestätigt, davon %2 noch nicht gesendet</translation>
    </message>
    <message>
        <source>Waits to be read</source>
        <translation>Noch zu lesen</translation>
    </message>
    <message>
        <source>Peer has room for</source>
        <translation>Gegenseite hat Platz für</translation>
    </message>
    <message>
        <source>Network allows</source>
        <translation>Netz erlaubt</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>%1, %2 segments sent again</source>
        <translation>%1, %2 Segmente nochmals gesendet</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>Erzeugt von</translation>
    </message>
</context>
<context>
    <name>inspector::FaultDialog</name>
    <message>
        <source>Arm a fault</source>
        <translation>Störung aktivieren</translation>
    </message>
    <message>
        <source>%1 suffers this until it is disarmed, or the inspector goes. No byte is lost and none overtakes another, but by a reset. On a server, it strikes the connections to come.</source>
        <translation>%1 erleidet dies, bis es aufgehoben wird oder der Inspektor geht. Kein Byte geht verloren und keines überholt ein anderes, außer durch Zurücksetzen. Bei einem Server trifft es die kommenden Verbindungen.</translation>
    </message>
    <message>
        <source>&amp;Latency</source>
        <translation>&amp;Latenz</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>&amp;Jitter, on top</source>
        <translation>&amp;Schwankung, zusätzlich</translation>
    </message>
    <message>
        <source>&amp;Bandwidth</source>
        <translation>&amp;Bandbreite</translation>
    </message>
    <message>
        <source> B/s</source>
        <translation> B/s</translation>
    </message>
    <message>
        <source>&amp;Slices of</source>
        <translation>S&amp;tücke von</translation>
    </message>
    <message>
        <source> B</source>
        <translation> B</translation>
    </message>
    <message>
        <source>Slow &amp;close: FIN after</source>
        <translation>Langsames S&amp;chließen: FIN nach</translation>
    </message>
    <message>
        <source>&amp;Time out: nothing is read or sent</source>
        <translation>&amp;Zeitüberschreitung: nichts wird gelesen oder gesendet</translation>
    </message>
    <message>
        <source>&amp;Reset after</source>
        <translation>Zu&amp;rücksetzen nach</translation>
    </message>
    <message>
        <source>Bytes after which the connection is reset</source>
        <translation>Bytes, nach denen die Verbindung zurückgesetzt wird</translation>
    </message>
    <message>
        <source>&amp;Probability</source>
        <translation>&amp;Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source> % of connections</source>
        <translation> % der Verbindungen</translation>
    </message>
    <message>
        <source>&amp;Arm</source>
        <translation>&amp;Aktivieren</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>inspector::FileWork</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>inspector::FilterBar</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter, for example:  state:open  remote:10.*  port&gt;1024  bytes&gt;1M  -server:echo</source>
        <translation>Filter, zum Beispiel:  state:open  remote:10.*  port&gt;1024  bytes&gt;1M  -server:echo</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 von %2 Zeilen</translation>
    </message>
    <message>
        <source>&amp;Undo filter</source>
        <translation>Filter &amp;zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Redo filter</source>
        <translation>Filter &amp;wiederholen</translation>
    </message>
    <message>
        <source>Filters used before</source>
        <translation>Früher benutzte Filter</translation>
    </message>
    <message>
        <source>Filter &amp;language</source>
        <translation>Filter&amp;sprache</translation>
    </message>
    <message>
        <source>No filter was used yet</source>
        <translation>Noch kein Filter wurde benutzt</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Alles aus&amp;wählen</translation>
    </message>
</context>
<context>
    <name>inspector::FilterCompleter</name>
    <message>
        <source>Completion</source>
        <translation>Vervollständigung</translation>
    </message>
</context>
<context>
    <name>inspector::FilterFields</name>
    <message>
        <source>object name, else the number</source>
        <translation>Objektname, sonst die Nummer</translation>
    </message>
    <message>
        <source>name of the process</source>
        <translation>Name des Prozesses</translation>
    </message>
    <message>
        <source>process id</source>
        <translation>Prozessnummer</translation>
    </message>
    <message>
        <source>number of the object in its process</source>
        <translation>Nummer des Objekts in seinem Prozess</translation>
    </message>
    <message>
        <source>what the row is</source>
        <translation>was die Zeile ist</translation>
    </message>
    <message>
        <source>state of the object</source>
        <translation>Zustand des Objekts</translation>
    </message>
    <message>
        <source>what else is true of it</source>
        <translation>was sonst noch gilt</translation>
    </message>
    <message>
        <source>family of the address</source>
        <translation>Adressfamilie</translation>
    </message>
    <message>
        <source>name of the server that accepted it</source>
        <translation>Name des Servers, der es angenommen hat</translation>
    </message>
    <message>
        <source>local address and port, or path</source>
        <translation>lokale Adresse und Port oder Pfad</translation>
    </message>
    <message>
        <source>remote address and port, or path</source>
        <translation>entfernte Adresse und Port oder Pfad</translation>
    </message>
    <message>
        <source>either end</source>
        <translation>eines der beiden Enden</translation>
    </message>
    <message>
        <source>port of either end</source>
        <translation>Port eines der beiden Enden</translation>
    </message>
    <message>
        <source>local port</source>
        <translation>lokaler Port</translation>
    </message>
    <message>
        <source>remote port</source>
        <translation>entfernter Port</translation>
    </message>
    <message>
        <source>bytes received</source>
        <translation>empfangene Bytes</translation>
    </message>
    <message>
        <source>bytes sent</source>
        <translation>gesendete Bytes</translation>
    </message>
    <message>
        <source>bytes both ways</source>
        <translation>Bytes in beiden Richtungen</translation>
    </message>
    <message>
        <source>bytes a second both ways</source>
        <translation>Bytes je Sekunde in beiden Richtungen</translation>
    </message>
    <message>
        <source>bytes a second received</source>
        <translation>je Sekunde empfangene Bytes</translation>
    </message>
    <message>
        <source>bytes a second sent</source>
        <translation>je Sekunde gesendete Bytes</translation>
    </message>
    <message>
        <source>bytes waiting to be sent</source>
        <translation>Bytes, die auf das Senden warten</translation>
    </message>
    <message>
        <source>high-water mark of the write queue</source>
        <translation>Füllgrenze des Schreibpuffers</translation>
    </message>
    <message>
        <source>open connections of a server</source>
        <translation>offene Verbindungen eines Servers</translation>
    </message>
    <message>
        <source>time since it was created</source>
        <translation>Zeit, seit es erzeugt wurde</translation>
    </message>
    <message>
        <source>time since bytes last moved</source>
        <translation>Zeit, seit zuletzt Bytes flossen</translation>
    </message>
    <message>
        <source>text of the last error</source>
        <translation>Text des letzten Fehlers</translation>
    </message>
    <message>
        <source>what looks like a mistake; lint:* for any</source>
        <translation>was wie ein Fehler aussieht; lint:* für alles davon</translation>
    </message>
    <message>
        <source>span of the clock in which it was there, or happened</source>
        <translation>Spanne der Uhrzeit, in der es da war oder geschah</translation>
    </message>
</context>
<context>
    <name>inspector::FilterHelp</name>
    <message>
        <source>the word stands in any text of the row</source>
        <translation>das Wort steht in irgendeinem Text der Zeile</translation>
    </message>
    <message>
        <source>numbers are compared; k, M and G are powers of 1024</source>
        <translation>Zahlen werden verglichen; k, M und G sind Potenzen von 1024</translation>
    </message>
    <message>
        <source>one of both holds; - is not</source>
        <translation>eines von beiden gilt; - heißt nicht</translation>
    </message>
    <message>
        <source>parentheses; times take ms, s, m, h and d</source>
        <translation>Klammern; Zeiten nehmen ms, s, m, h und d</translation>
    </message>
    <message>
        <source>quotes keep blanks together</source>
        <translation>Anführungszeichen halten Leerzeichen zusammen</translation>
    </message>
    <message>
        <source>a regular expression</source>
        <translation>ein regulärer Ausdruck</translation>
    </message>
    <message>
        <source>it was there, or happened, between these</source>
        <translation>es war dazwischen da oder geschah dazwischen</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>bytes: 512, 10k, 1.5M, 2GiB</source>
        <translation>Bytes: 512, 10k, 1.5M, 2GiB</translation>
    </message>
    <message>
        <source>time: 500ms, 10s, 2m, 1h</source>
        <translation>Dauer: 500ms, 10s, 2m, 1h</translation>
    </message>
    <message>
        <source>of the clock: 14:03, 14:03:59..14:04:02</source>
        <translation>Uhrzeit: 14:03, 14:03:59..14:04:02</translation>
    </message>
    <message>
        <source>both</source>
        <translation>beides</translation>
    </message>
    <message>
        <source>one of both, or both; binds less than and</source>
        <translation>eines von beiden oder beides; bindet schwächer als and</translation>
    </message>
    <message>
        <source>not</source>
        <translation>nicht</translation>
    </message>
    <message>
        <source>what belongs together</source>
        <translation>was zusammengehört</translation>
    </message>
    <message>
        <source>a value with blanks; \ before a quote inside</source>
        <translation>ein Wert mit Leerzeichen; \ vor einem Anführungszeichen darin</translation>
    </message>
    <message>
        <source>Filter language</source>
        <translation>Filtersprache</translation>
    </message>
    <message>
        <source>A filter says which rows every view shows. It is applied while it is typed, as soon as it is one; case does not matter. Choose an example to try it.</source>
        <translation>Ein Filter sagt, welche Zeilen alle Ansichten zeigen. Er gilt schon beim Tippen, sobald er einer ist; Groß und Klein sind gleich. Wählen Sie ein Beispiel, um es auszuprobieren.</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Zusammen</translation>
    </message>
    <message>
        <source>Operators</source>
        <translation>Vergleiche</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>both hold; * is any text, ? any character; ::ffff:10.0.0.1 is found as 10.0.0.1, too</source>
        <translation>beides gilt; * ist beliebiger Text, ? ein beliebiges Zeichen; ::ffff:10.0.0.1 wird auch als 10.0.0.1 gefunden</translation>
    </message>
</context>
<context>
    <name>inspector::FilterHelpWindow</name>
    <message>
        <source>Filter language - net-inspector</source>
        <translation>Filtersprache - net-inspector</translation>
    </message>
    <message>
        <source>Filter language</source>
        <translation>Filtersprache</translation>
    </message>
</context>
<context>
    <name>inspector::FilterOperators</name>
    <message>
        <source>is exactly this</source>
        <translation>ist genau dies</translation>
    </message>
    <message>
        <source>is anything else</source>
        <translation>ist irgendetwas anderes</translation>
    </message>
    <message>
        <source>less, or earlier</source>
        <translation>weniger oder früher</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>höchstens</translation>
    </message>
    <message>
        <source>more, or later</source>
        <translation>mehr oder später</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>matches a regular expression</source>
        <translation>passt zu einem regulären Ausdruck</translation>
    </message>
    <message>
        <source>contains; with * and ? the whole of it, and * alone: there is one; is, for words and numbers</source>
        <translation>enthält; mit * und ? das Ganze, und * allein: es ist etwas da; ist, bei Wörtern und Zahlen</translation>
    </message>
</context>
<context>
    <name>inspector::FilterParser</name>
    <message>
        <source>longer than %1 characters</source>
        <translation>länger als %1 Zeichen</translation>
    </message>
    <message>
        <source>nothing to close here</source>
        <translation>hier ist nichts zu schließen</translation>
    </message>
    <message>
        <source>nested deeper than %1</source>
        <translation>tiefer als %1 verschachtelt</translation>
    </message>
    <message>
        <source>this parenthesis is not closed</source>
        <translation>diese Klammer ist nicht geschlossen</translation>
    </message>
    <message>
        <source>this quote is not closed</source>
        <translation>dieses Anführungszeichen ist nicht geschlossen</translation>
    </message>
    <message>
        <source>something is missing at the end</source>
        <translation>am Ende fehlt etwas</translation>
    </message>
    <message>
        <source>a word or a field is missing before &quot;%1&quot;</source>
        <translation>vor »%1« fehlt ein Wort oder ein Feld</translation>
    </message>
    <message>
        <source>a value is missing after &quot;%1&quot;</source>
        <translation>nach »%1« fehlt ein Wert</translation>
    </message>
    <message>
        <source>unknown field &quot;%1&quot;; put the text in quotes to search for it</source>
        <translation>unbekanntes Feld »%1«; setzen Sie den Text in Anführungszeichen, um danach zu suchen</translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes a time of day such as 14:03, or 14:03:59..14:04:02</source>
        <translation>»%1« braucht eine Uhrzeit wie 14:03 oder 14:03:59..14:04:02</translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes a number</source>
        <translation>»%1« braucht eine Zahl</translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes a size such as 512, 10k or 1.5M</source>
        <translation>»%1« braucht eine Größe wie 512, 10k oder 1.5M</translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes a time such as 500ms, 10s or 2m</source>
        <translation>»%1« braucht eine Zeitspanne wie 500ms, 10s oder 2m</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a text: use :, =, != or ~</source>
        <translation>»%1« ist ein Text: benutzen Sie :, =, != oder ~</translation>
    </message>
    <message>
        <source>not a regular expression: %1</source>
        <translation>kein regulärer Ausdruck: %1</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is one of: %2</source>
        <translation>»%1« ist eines von: %2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; compares nothing</source>
        <translation>»%1« vergleicht nichts</translation>
    </message>
</context>
<context>
    <name>inspector::HalfOpenModel</name>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>One end of the connection</source>
        <translation>Ein Ende der Verbindung</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>The other end</source>
        <translation>Das andere Ende</translation>
    </message>
    <message>
        <source>Has ended</source>
        <translation>Beendet hat</translation>
    </message>
    <message>
        <source>Who sends no more</source>
        <translation>Wer nichts mehr sendet</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>For how long only one direction has been open</source>
        <translation>Wie lange nur noch eine Richtung offen ist</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Ausstehend</translation>
    </message>
    <message>
        <source>Bytes that still wait to be sent</source>
        <translation>Bytes, die noch aufs Senden warten</translation>
    </message>
    <message>
        <source>Why it is not closed</source>
        <translation>Warum nicht geschlossen</translation>
    </message>
    <message>
        <source>What is missing until the connection is closed</source>
        <translation>Was fehlt, bis die Verbindung geschlossen ist</translation>
    </message>
    <message>
        <source>%1 ended by the peer · %2 ended here</source>
        <translation>%1 von der Gegenseite beendet · %2 hier beendet</translation>
    </message>
    <message>
        <source>reading is paused: the peer&apos;s end can&apos;t be seen; call resume()</source>
        <translation>das Lesen ist pausiert: das Ende der Gegenseite ist nicht zu sehen; rufen Sie resume() auf</translation>
    </message>
    <message>
        <source>the peer has not ended its side yet</source>
        <translation>die Gegenseite hat ihre Seite noch nicht beendet</translation>
    </message>
    <message>
        <source>what is queued has to go out first</source>
        <translation>was im Puffer ist, muss erst hinaus</translation>
    </message>
    <message>
        <source>end() was called and is on its way</source>
        <translation>end() wurde aufgerufen und ist unterwegs</translation>
    </message>
    <message>
        <source>end() was not called: allowHalfOpen leaves that to the application</source>
        <translation>end() wurde nicht aufgerufen: allowHalfOpen überlässt das der Anwendung</translation>
    </message>
    <message>
        <source>▼ the peer</source>
        <translation>▼ die Gegenseite</translation>
    </message>
    <message>
        <source>▲ this side</source>
        <translation>▲ diese Seite</translation>
    </message>
</context>
<context>
    <name>inspector::InjectDialog</name>
    <message>
        <source>&amp;Hexadecimal</source>
        <translation>&amp;Hexadezimal</translation>
    </message>
    <message>
        <source>Write to the peer</source>
        <translation>An die Gegenseite schreiben</translation>
    </message>
    <message>
        <source>Have the application receive</source>
        <translation>Die Anwendung empfangen lassen</translation>
    </message>
    <message>
        <source>Bytes to inject</source>
        <translation>Einzuspeisende Bytes</translation>
    </message>
    <message>
        <source>&amp;Inject</source>
        <translation>&amp;Einspeisen</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>Pairs of hexadecimal digits, up to 60 KiB</source>
        <translation>Paare hexadezimaler Ziffern, bis zu 60 KiB</translation>
    </message>
    <message>
        <source>Some text, up to 60 KiB; a new line is one byte, 0A</source>
        <translation>Etwas Text, bis zu 60 KiB; ein Zeilenende ist ein Byte, 0A</translation>
    </message>
</context>
<context>
    <name>inspector::LatencyModel</name>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>One end of the connection</source>
        <translation>Ein Ende der Verbindung</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>The other end</source>
        <translation>Das andere Ende</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>From the first step to &quot;connected&quot;</source>
        <translation>Vom ersten Schritt bis »verbunden«</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>Erstes Byte</translation>
    </message>
    <message>
        <source>From &quot;connected&quot; or &quot;accepted&quot; to the first byte received</source>
        <translation>Von »verbunden« oder »angenommen« bis zum ersten empfangenen Byte</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>How often the direction turned: a request was answered</source>
        <translation>Wie oft die Richtung wechselte: eine Anfrage wurde beantwortet</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>Half of the answers came within this time</source>
        <translation>Die Hälfte der Antworten kam in dieser Zeit</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>99 of 100 answers came within this time</source>
        <translation>99 von 100 Antworten kamen in dieser Zeit</translation>
    </message>
    <message>
        <source>Slowest</source>
        <translation>Langsamste</translation>
    </message>
    <message>
        <source>The slowest answer</source>
        <translation>Die langsamste Antwort</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 Antworten</translation>
    </message>
    <message>
        <source> · p50 %1 · p99 %2</source>
        <translation> · p50 %1 · p99 %2</translation>
    </message>
    <message>
        <source> · reading the log…</source>
        <translation> · liest das Protokoll…</translation>
    </message>
    <message>
        <source>Wait p99</source>
        <translation>Warten p99</translation>
    </message>
    <message>
        <source>From readiness to the signal: others of the same turn came first</source>
        <translation>Von der Bereitschaft bis zum Signal: andere derselben Runde waren vorher dran</translation>
    </message>
    <message>
        <source>Slot p99</source>
        <translation>Slot p99</translation>
    </message>
    <message>
        <source>From the signal to the return of its slots</source>
        <translation>Vom Signal bis zur Rückkehr seiner Slots</translation>
    </message>
    <message>
        <source>Slowest slot</source>
        <translation>Längster Slot</translation>
    </message>
    <message>
        <source>The longest of them, and its signal</source>
        <translation>Der längste davon, und sein Signal</translation>
    </message>
    <message>
        <source> · slots p99 %1, at most %2</source>
        <translation> · Slots p99 %1, höchstens %2</translation>
    </message>
</context>
<context>
    <name>inspector::LatencyPane</name>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Nothing was timed yet</source>
        <translation>Noch nichts wurde gemessen</translation>
    </message>
    <message>
        <source>Connections appear here once they are made, have said a first byte or have answered. A filter above may hide some.</source>
        <translation>Verbindungen erscheinen hier, sobald sie stehen, ein erstes Byte gesagt oder geantwortet haben. Ein Filter oben kann welche verbergen.</translation>
    </message>
    <message>
        <source>What the histogram shows</source>
        <translation>Was das Histogramm zeigt</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>Erstes Byte</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Wait for the signal</source>
        <translation>Warten auf das Signal</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>Slots</translation>
    </message>
</context>
<context>
    <name>inspector::LatencyPlot</name>
    <message>
        <source>Histogram of latency</source>
        <translation>Histogramm der Latenz</translation>
    </message>
    <message>
        <source>%1 values, p50 %2, p99 %3</source>
        <translation>%1 Werte, p50 %2, p99 %3</translation>
    </message>
    <message>
        <source>no values</source>
        <translation>keine Werte</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>nothing was measured yet</source>
        <translation>noch nichts wurde gemessen</translation>
    </message>
</context>
<context>
    <name>inspector::LatestPill</name>
    <message>
        <source>▼ latest (%1 new)</source>
        <translation>▼ Neueste (%1 neu)</translation>
    </message>
    <message>
        <source>▼ latest</source>
        <translation>▼ Neueste</translation>
    </message>
</context>
<context>
    <name>inspector::Link</name>
    <message>
        <source>the agent hung up</source>
        <translation>der Agent hat aufgelegt</translation>
    </message>
    <message>
        <source>the agent does not answer</source>
        <translation>der Agent antwortet nicht</translation>
    </message>
    <message>
        <source>the process at the other end belongs to another user</source>
        <translation>der Prozess am anderen Ende gehört einem anderen Benutzer</translation>
    </message>
    <message>
        <source>the application has ended the session</source>
        <translation>die Anwendung hat die Sitzung beendet</translation>
    </message>
    <message>
        <source>nobody answers any more</source>
        <translation>dort antwortet niemand mehr</translation>
    </message>
</context>
<context>
    <name>inspector::LintModel</name>
    <message>
        <source>%1 connections of %2</source>
        <translation>%1 Verbindungen von %2</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Beobachtet</translation>
    </message>
</context>
<context>
    <name>inspector::LintPane</name>
    <message>
        <source>Lints</source>
        <translation>Auffälligkeiten</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Nothing looks wrong</source>
        <translation>Nichts sieht falsch aus</translation>
    </message>
    <message>
        <source>Connections that are never closed, paused and forgotten, without an error handler and the like are listed here, with what to do. A filter above may hide some.</source>
        <translation>Verbindungen, die nie geschlossen werden, die pausiert und vergessen wurden, ohne Fehlerbehandlung und dergleichen stehen hier, mit einem Rat dazu. Ein Filter oben kann manche verbergen.</translation>
    </message>
    <message>
        <source>&amp;Only these: %1</source>
        <translation>&amp;Nur diese: %1</translation>
    </message>
    <message>
        <source>&amp;Show one of them</source>
        <translation>Eine davon &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy the advice</source>
        <translation>Den Rat &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Not these</source>
        <translation>&amp;Ohne diese</translation>
    </message>
    <message>
        <source>Choose one of them to see what to do about it.</source>
        <translation>Einen davon wählen, um zu sehen, was dagegen zu tun ist.</translation>
    </message>
</context>
<context>
    <name>inspector::Lints</name>
    <message>
        <source>never closed</source>
        <translation>nie geschlossen</translation>
    </message>
    <message>
        <source>The peer has ended, and this side stays open because half-open connections are allowed. Call end() in a slot of ended(), or leave allowHalfOpen off.</source>
        <translation>Die Gegenseite ist fertig, und diese Seite bleibt offen, weil halb offene Verbindungen erlaubt sind. Rufen Sie end() in einem Slot von ended() auf, oder lassen Sie allowHalfOpen aus.</translation>
    </message>
    <message>
        <source>no error handler</source>
        <translation>keine Fehlerbehandlung</translation>
    </message>
    <message>
        <source>Nobody would notice a reset or a refused connection. Connect a slot to errorOccurred().</source>
        <translation>Niemand würde ein Zurücksetzen oder eine abgelehnte Verbindung bemerken. Verbinden Sie einen Slot mit errorOccurred().</translation>
    </message>
    <message>
        <source>data lost</source>
        <translation>Daten verloren</translation>
    </message>
    <message>
        <source>Bytes came while nobody listened, and are gone. Connect to data(), text() or readyRead() before the socket flows, or pause() it until then.</source>
        <translation>Bytes kamen, während niemand zuhörte, und sind verloren. Verbinden Sie sich mit data(), text() oder readyRead(), bevor der Socket fließt, oder halten Sie ihn bis dahin mit pause() an.</translation>
    </message>
    <message>
        <source>paused and forgotten</source>
        <translation>pausiert und vergessen</translation>
    </message>
    <message>
        <source>Nothing is read while it is paused, and the peer is held up. Call resume() when there is room again; look for a way out of the pause that forgets it.</source>
        <translation>Solange er pausiert ist, wird nichts gelesen, und die Gegenseite muss warten. Rufen Sie resume() auf, wenn wieder Platz ist; suchen Sie einen Weg aus der Pause, der es vergisst.</translation>
    </message>
    <message>
        <source>write after end</source>
        <translation>nach dem Ende geschrieben</translation>
    </message>
    <message>
        <source>What is written after end() is never sent. Ask writable() first, or stop the timer or signal that still writes.</source>
        <translation>Was nach end() geschrieben wird, wird nie gesendet. Fragen Sie zuerst writable(), oder halten Sie den Timer oder das Signal an, das noch schreibt.</translation>
    </message>
    <message>
        <source>drain never awaited</source>
        <translation>drain nie abgewartet</translation>
    </message>
    <message>
        <source>write() has returned false and is called all the same: the queue grows without bound. Stop until drain(), or use pipe(), which does so.</source>
        <translation>write() hat false geliefert und wird trotzdem aufgerufen: Der Puffer wächst ohne Grenze. Warten Sie auf drain(), oder benutzen Sie pipe(), das dies tut.</translation>
    </message>
    <message>
        <source>no timeout</source>
        <translation>keine Zeitbegrenzung</translation>
    </message>
    <message>
        <source>A peer that vanishes without a word leaves this connection open for ever. Call setTimeout() and destroy() it on timeout(), or setKeepAlive().</source>
        <translation>Eine Gegenseite, die wortlos verschwindet, lässt diese Verbindung für immer offen. Rufen Sie setTimeout() auf und bei timeout() destroy(), oder setKeepAlive().</translation>
    </message>
    <message>
        <source>accepted but never read</source>
        <translation>angenommen, aber nie gelesen</translation>
    </message>
    <message>
        <source>Nobody is connected to its data, so that its end is never noticed either. Connect to data() or readyRead(), or resume() to let it flow away, or destroy() it.</source>
        <translation>Niemand ist mit seinen Daten verbunden, so dass auch sein Ende nie bemerkt wird. Verbinden Sie sich mit data() oder readyRead(), lassen Sie es mit resume() abfließen, oder rufen Sie destroy() auf.</translation>
    </message>
    <message>
        <source>socket without a parent</source>
        <translation>Socket ohne Eltern-Objekt</translation>
    </message>
    <message>
        <source>A member of another object is well kept; made with new, nobody deletes it. Give it a parent, or call setAutoDelete(true).</source>
        <translation>Als Teil eines anderen Objekts ist er gut aufgehoben; mit new erzeugt, löscht ihn niemand. Geben Sie ihm ein Eltern-Objekt, oder rufen Sie setAutoDelete(true) auf.</translation>
    </message>
    <message>
        <source>the peer ended %1 ago</source>
        <translation>die Gegenseite ist seit %1 fertig</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>%1 verloren</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1-mal</translation>
    </message>
    <message>
        <source>%1 wait, the mark is %2</source>
        <translation>%1 warten, die Grenze ist %2</translation>
    </message>
    <message>
        <source>quiet for %1</source>
        <translation>ruhig seit %1</translation>
    </message>
    <message>
        <source>open for %1</source>
        <translation>offen seit %1</translation>
    </message>
    <message>
        <source>slow slot</source>
        <translation>langsamer Slot</translation>
    </message>
    <message>
        <source>While a slot runs, no other connection of its thread is served and no window of it is drawn. Do the work in pieces or in another thread, or move the socket there by moveToThread().</source>
        <translation>Solange ein Slot läuft, wird keine andere Verbindung seines Threads bedient und kein Fenster gezeichnet. Die Arbeit in Stücken oder in einem anderen Thread tun, oder den Socket mit moveToThread() dorthin bringen.</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>dauerte %1</translation>
    </message>
</context>
<context>
    <name>inspector::MainWindow</name>
    <message>
        <source>net-inspector</source>
        <translation>net-inspector</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Closed rows stay for</source>
        <translation>&amp;Geschlossene Zeilen bleiben</translation>
    </message>
    <message>
        <source>C&amp;olours</source>
        <translation>F&amp;arben</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>%1 (recording) - net-inspector</source>
        <translation>%1 (Aufzeichnung) - net-inspector</translation>
    </message>
    <message>
        <source>About net-inspector</source>
        <translation>Über net-inspector</translation>
    </message>
    <message>
        <source>&lt;h3&gt;net-inspector %1&lt;/h3&gt;&lt;p&gt;Shows the servers, connections and data flow of running applications that use libnet.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;net-inspector %1&lt;/h3&gt;&lt;p&gt;Zeigt die Server, Verbindungen und Datenflüsse laufender Anwendungen, die libnet benutzen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Qt %1, built with %2
Protocol version %3, session file version %4
%5, %6
MIT licence</source>
        <translation>Qt %1, gebaut mit %2
Protokollversion %3, Version der Sitzungsdatei %4
%5, %6
MIT-Lizenz</translation>
    </message>
    <message>
        <source>%1 is opened in the editor</source>
        <translation>%1 wird im Editor geöffnet</translation>
    </message>
</context>
<context>
    <name>inspector::NowButton</name>
    <message>
        <source>Back to the latest, and on with it (End)</source>
        <translation>Zurück zum Neuesten, und mit ihm weiter (Ende)</translation>
    </message>
    <message>
        <source>▶ now</source>
        <translation>▶ jetzt</translation>
    </message>
    <message>
        <source>▶ end</source>
        <translation>▶ Ende</translation>
    </message>
</context>
<context>
    <name>inspector::Objects</name>
    <message>
        <source>attaching</source>
        <translation>wird verbunden</translation>
    </message>
    <message>
        <source>attached</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>detached</source>
        <translation>getrennt</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>untätig</translation>
    </message>
    <message>
        <source>resolving</source>
        <translation>löst Namen auf</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>read ended</source>
        <translation>Lesen beendet</translation>
    </message>
    <message>
        <source>write ended</source>
        <translation>Schreiben beendet</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>lauscht</translation>
    </message>
    <message>
        <source>closing</source>
        <translation>schließt</translation>
    </message>
    <message>
        <source>state %1</source>
        <translation>Zustand %1</translation>
    </message>
    <message>
        <source>%1 (shared listener)</source>
        <translation>%1 (geteilt)</translation>
    </message>
    <message>
        <source>worker %1: %2</source>
        <translation>Arbeiter %1: %2</translation>
    </message>
    <message>
        <source>%1, 1 worker</source>
        <translation>%1, 1 Arbeiter</translation>
    </message>
    <message>
        <source>%1, %2 workers</source>
        <translation>%1, %2 Arbeiter</translation>
    </message>
    <message>
        <source>worker %1 (%2): %3</source>
        <translation>Arbeiter %1 (%2): %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>geteilt</translation>
    </message>
    <message>
        <source>server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>eingehend</translation>
    </message>
    <message>
        <source>client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>adopted</source>
        <translation>übernommen</translation>
    </message>
    <message>
        <source>⚡ fault armed</source>
        <translation>⚡ Störung aktiv</translation>
    </message>
    <message>
        <source>paused by an inspector</source>
        <translation>von einem Inspektor pausiert</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>waits for drain</source>
        <translation>wartet auf drain</translation>
    </message>
    <message>
        <source>ending</source>
        <translation>endet</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>verschwunden</translation>
    </message>
    <message>
        <source>%1 open, %2 accepted, %3 dropped</source>
        <translation>%1 offen, %2 angenommen, %3 verworfen</translation>
    </message>
    <message>
        <source>%1 open, %2 accepted</source>
        <translation>%1 offen, %2 angenommen</translation>
    </message>
    <message>
        <source>1 socket</source>
        <translation>1 Socket</translation>
    </message>
    <message>
        <source>%1 sockets</source>
        <translation>%1 Sockets</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>not watched</source>
        <translation>unbeobachtet</translation>
    </message>
</context>
<context>
    <name>inspector::Opening</name>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
</context>
<context>
    <name>inspector::Order</name>
    <message>
        <source>%1: done</source>
        <translation>%1: erledigt</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>Nicht erledigt</translation>
    </message>
    <message>
        <source>The application has not carried out &quot;%1&quot;.</source>
        <translation>Die Anwendung hat »%1« nicht ausgeführt.</translation>
    </message>
    <message>
        <source>It uses a version of libnet that knows no control.</source>
        <translation>Sie benutzt eine Version von libnet, die keine Steuerung kennt.</translation>
    </message>
    <message>
        <source>The inspector is not attached to it.</source>
        <translation>Der Inspektor ist nicht mit ihr verbunden.</translation>
    </message>
</context>
<context>
    <name>inspector::Packets</name>
    <message>
        <source>local socket %1; the addresses are made up</source>
        <translation>lokaler Socket %1; die Adressen sind erfunden</translation>
    </message>
    <message>
        <source>redacted by the application</source>
        <translation>von der Anwendung unkenntlich gemacht</translation>
    </message>
    <message>
        <source>%L1 bytes before this were not captured</source>
        <translation>%L1 Bytes davor wurden nicht mitgelesen</translation>
    </message>
    <message>
        <source>%1 conversations, %L2 bytes received and %L3 sent</source>
        <translation>%1 Gespräche, %L2 Bytes empfangen und %L3 gesendet</translation>
    </message>
    <message>
        <source>; %1 other ends of the same ones left out</source>
        <translation>; %1 andere Enden derselben sind weggelassen</translation>
    </message>
    <message>
        <source>%1; the addresses are made up, of one end none is known</source>
        <translation>%1; die Adressen sind erfunden, von einem Ende ist keine bekannt</translation>
    </message>
    <message>
        <source>%L1 bytes were received and %L2 sent; %L3 and %L4 of them were not captured</source>
        <translation>%L1 Bytes wurden empfangen und %L2 gesendet; davon wurden %L3 und %L4 nicht mitgelesen</translation>
    </message>
    <message>
        <source>; %1 that never were open left out</source>
        <translation>; %1 sind weggelassen, die nie offen waren</translation>
    </message>
    <message>
        <source>; %L1 received and %L2 sent bytes were not captured</source>
        <translation>; %L1 empfangene und %L2 gesendete Bytes wurden nicht mitgelesen</translation>
    </message>
</context>
<context>
    <name>inspector::ProcessMenu</name>
    <message>
        <source>&amp;Processes</source>
        <translation>&amp;Prozesse</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>No inspectable process is running</source>
        <translation>Es läuft kein inspizierbarer Prozess</translation>
    </message>
    <message>
        <source>Disarm every fault, resume what was &amp;paused</source>
        <translation>Alle Störungen deaktivieren, &amp;Pausiertes fortsetzen</translation>
    </message>
</context>
<context>
    <name>inspector::QueuePlot</name>
    <message>
        <source>Buffered bytes over time</source>
        <translation>Gepufferte Bytes über der Zeit</translation>
    </message>
    <message>
        <source>Bytes that wait to be sent, and of them those of sockets above their mark</source>
        <translation>Bytes, die aufs Senden warten, und davon die von Sockets über ihrer Füllgrenze</translation>
    </message>
    <message>
        <source>the last 2 minutes</source>
        <translation>die letzten 2 Minuten</translation>
    </message>
    <message>
        <source>■ above the mark</source>
        <translation>■ über der Füllgrenze</translation>
    </message>
    <message>
        <source>■ waiting</source>
        <translation>■ wartend</translation>
    </message>
</context>
<context>
    <name>inspector::RecordingBanner</name>
    <message>
        <source> on %1</source>
        <translation> auf %1</translation>
    </message>
    <message>
        <source>Recording of %1, %2%3, %4 long: %5</source>
        <translation>Aufzeichnung von %1, %2%3, Dauer %4: %5</translation>
    </message>
    <message>
        <source>there was no room for the oldest %1 of %2 events</source>
        <translation>für die ältesten %1 von %2 Ereignissen war kein Platz</translation>
    </message>
    <message>
        <source>. Nothing here is alive.</source>
        <translation>. Nichts hier lebt noch.</translation>
    </message>
    <message>
        <source>%1
made by %2</source>
        <translation>%1
gemacht von %2</translation>
    </message>
</context>
<context>
    <name>inspector::RecordingLamp</name>
    <message>
        <source>⚠ recording has stopped: %1</source>
        <translation>⚠ Aufzeichnung abgebrochen: %1</translation>
    </message>
    <message>
        <source>● recording %1: %2, %3</source>
        <translation>● Aufzeichnung %1: %2, %3</translation>
    </message>
</context>
<context>
    <name>inspector::Report</name>
    <message>
        <source>NAME</source>
        <translation>NAME</translation>
    </message>
    <message>
        <source>KIND</source>
        <translation>ART</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>ZUSTAND</translation>
    </message>
    <message>
        <source>LOCAL</source>
        <translation>LOKAL</translation>
    </message>
    <message>
        <source>REMOTE</source>
        <translation>ENTFERNT</translation>
    </message>
    <message>
        <source>RECEIVED</source>
        <translation>EMPFANGEN</translation>
    </message>
    <message>
        <source>SENT</source>
        <translation>GESENDET</translation>
    </message>
    <message>
        <source>QUEUE</source>
        <translation>PUFFER</translation>
    </message>
    <message>
        <source>ERROR</source>
        <translation>FEHLER</translation>
    </message>
    <message>
        <source>processes: %1, servers: %2, sockets: %3; received %4, sent %5; events kept: %6</source>
        <translation>Prozesse: %1, Server: %2, Sockets: %3; empfangen %4, gesendet %5; aufbewahrte Ereignisse: %6</translation>
    </message>
</context>
<context>
    <name>inspector::RowMenu</name>
    <message>
        <source>No row here</source>
        <translation>Hier ist keine Zeile</translation>
    </message>
    <message>
        <source>&amp;Copy &quot;%1&quot;</source>
        <translation>»%1« &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Detach from %1</source>
        <translation>Von %1 &amp;trennen</translation>
    </message>
    <message>
        <source>&amp;Go to %1 in %2</source>
        <translation>Zu %1 in %2 &amp;gehen</translation>
    </message>
    <message>
        <source>&amp;Only this: %1</source>
        <translation>&amp;Nur dies: %1</translation>
    </message>
    <message>
        <source>&amp;Not this: -%1</source>
        <translation>&amp;Ohne dies: -%1</translation>
    </message>
    <message>
        <source>&amp;Attach to %1 again</source>
        <translation>&amp;Wieder mit %1 verbinden</translation>
    </message>
</context>
<context>
    <name>inspector::Saving</name>
    <message>
        <source>Saving %1</source>
        <translation>%1 wird gespeichert</translation>
    </message>
</context>
<context>
    <name>inspector::SessionFile</name>
    <message>
        <source>it is no recording of net-inspector</source>
        <translation>es ist keine Aufzeichnung von net-inspector</translation>
    </message>
    <message>
        <source>it has version %1 of the format, and this net-inspector reads version %2</source>
        <translation>es hat Version %1 des Formats, und dieser net-inspector liest Version %2</translation>
    </message>
    <message>
        <source>its head is damaged</source>
        <translation>der Kopf ist beschädigt</translation>
    </message>
    <message>
        <source>the recording was not ended in order</source>
        <translation>die Aufzeichnung wurde nicht ordentlich beendet</translation>
    </message>
    <message>
        <source>the recording ends in the middle of an entry</source>
        <translation>die Aufzeichnung endet mitten in einem Eintrag</translation>
    </message>
    <message>
        <source>the recording is damaged at byte %L1; what comes after is lost</source>
        <translation>die Aufzeichnung ist bei Byte %L1 beschädigt; was danach kommt, ist verloren</translation>
    </message>
</context>
<context>
    <name>inspector::SessionFiles</name>
    <message>
        <source>Record to &amp;file…</source>
        <translation>In &amp;Datei aufzeichnen…</translation>
    </message>
    <message>
        <source>Writes everything that happens from now on to a file, while it happens</source>
        <translation>Schreibt von nun an alles in eine Datei, während es geschieht</translation>
    </message>
    <message>
        <source>&amp;Payload in recordings</source>
        <translation>&amp;Nutzdaten in Aufzeichnungen</translation>
    </message>
    <message>
        <source>Recordings have what every connection says, where the application grants it</source>
        <translation>Aufzeichnungen enthalten, was jede Verbindung sagt, wo die Anwendung es erlaubt</translation>
    </message>
    <message>
        <source>&amp;Save session…</source>
        <translation>Sitzung &amp;speichern…</translation>
    </message>
    <message>
        <source>Writes all that is kept to a file: connections, events and captured payload</source>
        <translation>Schreibt alles Aufbewahrte in eine Datei: Verbindungen, Ereignisse und mitgelesene Nutzdaten</translation>
    </message>
    <message>
        <source>&amp;Open session…</source>
        <translation>Sitzung ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Shows a recording</source>
        <translation>Zeigt eine Aufzeichnung</translation>
    </message>
    <message>
        <source>Shows the counts of a recording beside those of this session</source>
        <translation>Zeigt die Zahlen einer Aufzeichnung neben denen dieser Sitzung</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>Writes packets for Wireshark, or a table as CSV or JSON; of what the filter lets pass</source>
        <translation>Schreibt Pakete für Wireshark oder eine Tabelle als CSV oder JSON; von dem, was der Filter durchlässt</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>Sitzung speichern</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Compare with session</source>
        <translation>Mit Sitzung vergleichen</translation>
    </message>
    <message>
        <source>The recording has stopped</source>
        <translation>Die Aufzeichnung ist abgebrochen</translation>
    </message>
    <message>
        <source>%1 could not be written on: %2.

What was recorded before can be opened.</source>
        <translation>%1 konnte nicht weiter geschrieben werden: %2.

Was vorher aufgezeichnet wurde, lässt sich öffnen.</translation>
    </message>
    <message>
        <source>Sessions (*.netsession);;All files (*)</source>
        <translation>Sitzungen (*.netsession);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export what passes the filter</source>
        <translation>Exportieren, was der Filter durchlässt</translation>
    </message>
    <message>
        <source>Packets for Wireshark (*.pcapng)</source>
        <translation>Pakete für Wireshark (*.pcapng)</translation>
    </message>
    <message>
        <source>Table as CSV (*.csv)</source>
        <translation>Tabelle als CSV (*.csv)</translation>
    </message>
    <message>
        <source>Table as JSON (*.json)</source>
        <translation>Tabelle als JSON (*.json)</translation>
    </message>
    <message>
        <source>Events as CSV (*.events.csv)</source>
        <translation>Ereignisse als CSV (*.events.csv)</translation>
    </message>
    <message>
        <source>Events as JSON (*.events.json)</source>
        <translation>Ereignisse als JSON (*.events.json)</translation>
    </message>
    <message>
        <source>Record to file</source>
        <translation>In Datei aufzeichnen</translation>
    </message>
    <message>
        <source>Stop recording to &amp;file</source>
        <translation>Aufzeichnung in &amp;Datei beenden</translation>
    </message>
    <message>
        <source>Nothing is recorded</source>
        <translation>Nichts wird aufgezeichnet</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 konnte nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>The session was not saved</source>
        <translation>Die Sitzung wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing was exported</source>
        <translation>Nichts wurde exportiert</translation>
    </message>
    <message>
        <source>It can&apos;t be opened</source>
        <translation>Öffnen nicht möglich</translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened: %2.</source>
        <translation>%1 lässt sich nicht öffnen: %2.</translation>
    </message>
    <message>
        <source>What is running, as it was at %1</source>
        <translation>Was läuft, Stand %1</translation>
    </message>
    <message>
        <source>It can&apos;t be compared</source>
        <translation>Vergleich nicht möglich</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>Open r&amp;ecent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Co&amp;mpare with session…</source>
        <translation>Mit Sitzung &amp;vergleichen…</translation>
    </message>
</context>
<context>
    <name>inspector::SessionLoader</name>
    <message>
        <source>it is a folder</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <source>a process in it is described wrongly</source>
        <translation>ein Prozess darin ist falsch beschrieben</translation>
    </message>
    <message>
        <source>sums in it are malformed</source>
        <translation>Summen darin sind fehlerhaft</translation>
    </message>
</context>
<context>
    <name>inspector::Slowness</name>
    <message>
        <source>the network is slow: %1 on their way, round trip %2, %3 segments sent again</source>
        <translation>das Netz ist langsam: %1 unterwegs, Umlaufzeit %2, %3 Segmente nochmals gesendet</translation>
    </message>
    <message>
        <source>the network is slow: %1 on their way, round trip %2</source>
        <translation>das Netz ist langsam: %1 unterwegs, Umlaufzeit %2</translation>
    </message>
    <message>
        <source>the peer is slow: %1 wait for it to read</source>
        <translation>die Gegenseite ist langsam: %1 warten darauf, gelesen zu werden</translation>
    </message>
    <message>
        <source>the peer is slow: it has room for %1</source>
        <translation>die Gegenseite ist langsam: sie hat Platz für %1</translation>
    </message>
    <message>
        <source>below its mark: all is well</source>
        <translation>unter der Füllgrenze: alles in Ordnung</translation>
    </message>
    <message>
        <source>has caught up</source>
        <translation>hat aufgeholt</translation>
    </message>
    <message>
        <source>goes on writing: write() returned false and nobody waits for drain</source>
        <translation>schreibt weiter: write() gab false zurück, und niemand wartet auf drain</translation>
    </message>
    <message>
        <source>the kernel has sent all that it got: this application&apos;s event loop is slow</source>
        <translation>der Kern hat alles gesendet: die Ereignisschleife dieser Anwendung ist langsam</translation>
    </message>
    <message>
        <source>the peer takes it, slower than it is written</source>
        <translation>die Gegenseite nimmt es ab, aber langsamer, als geschrieben wird</translation>
    </message>
    <message>
        <source>the peer takes nothing</source>
        <translation>die Gegenseite nimmt nichts ab</translation>
    </message>
    <message>
        <source>it is over: this was never sent</source>
        <translation>es ist vorbei: das wurde nie gesendet</translation>
    </message>
</context>
<context>
    <name>inspector::StackModel</name>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Accepted by %1</source>
        <translation>Angenommen von %1</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erzeugt</translation>
    </message>
    <message>
        <source>connect()</source>
        <translation>connect()</translation>
    </message>
    <message>
        <source>listen()</source>
        <translation>listen()</translation>
    </message>
    <message>
        <source>end()</source>
        <translation>end()</translation>
    </message>
    <message>
        <source>close()</source>
        <translation>close()</translation>
    </message>
    <message>
        <source>Destroyed</source>
        <translation>Zerstört</translation>
    </message>
    <message>
        <source>Call %1</source>
        <translation>Aufruf %1</translation>
    </message>
    <message>
        <source>Its stack found no place: the application&apos;s agent keeps a bounded number of different ones.</source>
        <translation>Für seinen Stapel war kein Platz: Der Agent der Anwendung behält nur begrenzt viele verschiedene.</translation>
    </message>
    <message>
        <source>Only the innermost %1 frames are kept.</source>
        <translation>Nur die innersten %1 Ebenen werden behalten.</translation>
    </message>
    <message>
        <source>Nothing is chosen</source>
        <translation>Nichts ist gewählt</translation>
    </message>
    <message>
        <source>A process is called by nobody</source>
        <translation>Einen Prozess ruft niemand auf</translation>
    </message>
    <message>
        <source>Choose a server or a connection above to see who in the application has created it, had it connect or listen, ended or destroyed it.</source>
        <translation>Wählen Sie oben einen Server oder eine Verbindung, um zu sehen, wer in der Anwendung das Objekt erzeugt, verbunden oder lauschen gelassen, beendet oder zerstört hat.</translation>
    </message>
    <message>
        <source>No call stacks of this object are in the recording</source>
        <translation>In der Aufzeichnung sind keine Aufrufstapel dieses Objekts</translation>
    </message>
    <message>
        <source>They are if they were recorded when it was made: &quot;Record call stacks&quot; in the menu View.</source>
        <translation>Sie sind darin, wenn sie damals aufgezeichnet wurden: „Aufrufstapel aufzeichnen“ im Menü Ansicht.</translation>
    </message>
    <message>
        <source>The libnet of this application tells no call stacks</source>
        <translation>Das libnet dieser Anwendung nennt keine Aufrufstapel</translation>
    </message>
    <message>
        <source>It is older than this net-inspector. Build the application with the libnet of today.</source>
        <translation>Es ist älter als dieser net-inspector. Bauen Sie die Anwendung mit dem heutigen libnet.</translation>
    </message>
    <message>
        <source>Call stacks are not recorded</source>
        <translation>Aufrufstapel werden nicht aufgezeichnet</translation>
    </message>
    <message>
        <source>&quot;Record call stacks&quot; above tells who calls from then on. To see who has created what is there already, start the application with LIBNET_INSPECT_STACKS=1.</source>
        <translation>„Aufrufstapel aufzeichnen“ darüber sagt von da an, wer aufruft. Um zu sehen, wer erzeugt hat, was schon da ist, starten Sie die Anwendung mit LIBNET_INSPECT_STACKS=1.</translation>
    </message>
    <message>
        <source>Nobody has called since call stacks are recorded</source>
        <translation>Seit Aufrufstapel aufgezeichnet werden, hat niemand aufgerufen</translation>
    </message>
    <message>
        <source>The next connect(), end() or destroy() shows here. To see who has created what is there already, start the application with LIBNET_INSPECT_STACKS=1.</source>
        <translation>Das nächste connect(), end() oder destroy() steht hier. Um zu sehen, wer erzeugt hat, was schon da ist, starten Sie die Anwendung mit LIBNET_INSPECT_STACKS=1.</translation>
    </message>
    <message>
        <source>Called by</source>
        <translation>Aufgerufen von</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelltext</translation>
    </message>
    <message>
        <source>Program or library</source>
        <translation>Programm oder Bibliothek</translation>
    </message>
    <message>
        <source>%1 (inlined)</source>
        <translation>%1 (eingefügt)</translation>
    </message>
    <message>
        <source>%1, the application&apos;s own</source>
        <translation>%1, aus der Anwendung selbst</translation>
    </message>
    <message>
        <source>%1 (a double click or Return opens it)</source>
        <translation>%1 (Doppelklick oder Eingabetaste öffnet es)</translation>
    </message>
    <message>
        <source>The connection came from outside: nobody in the application has created it. Below stands who had the server listen, if that is known.</source>
        <translation>Die Verbindung kam von außen: Niemand in der Anwendung hat sie erzeugt. Darunter steht, wer den Server lauschen ließ, wenn das bekannt ist.</translation>
    </message>
</context>
<context>
    <name>inspector::StackPane</name>
    <message>
        <source>Who called</source>
        <translation>Wer aufgerufen hat</translation>
    </message>
    <message>
        <source>Call stacks of the chosen object</source>
        <translation>Aufrufstapel des gewählten Objekts</translation>
    </message>
    <message>
        <source>&amp;Open in the editor</source>
        <translation>Im Editor ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Copy the &amp;place</source>
        <translation>&amp;Ort kopieren</translation>
    </message>
    <message>
        <source>Copy the &amp;function</source>
        <translation>F&amp;unktion kopieren</translation>
    </message>
    <message>
        <source>&amp;Copy the stack</source>
        <translation>&amp;Stapel kopieren</translation>
    </message>
    <message>
        <source>Choose the &amp;editor…</source>
        <translation>&amp;Editor wählen…</translation>
    </message>
</context>
<context>
    <name>inspector::StatusStrip</name>
    <message>
        <source>Processes the inspector is attached to</source>
        <translation>Prozesse, mit denen der Inspektor verbunden ist</translation>
    </message>
    <message>
        <source>Events that came in, over all processes</source>
        <translation>Eingetroffene Ereignisse aller Prozesse</translation>
    </message>
    <message>
        <source>Servers and sockets that pass the filter</source>
        <translation>Server und Sockets, die der Filter durchlässt</translation>
    </message>
    <message>
        <source>Events a second</source>
        <translation>Ereignisse je Sekunde</translation>
    </message>
    <message>
        <source>What the agents hold in the applications</source>
        <translation>Was die Agenten in den Anwendungen belegen</translation>
    </message>
    <message>
        <source>Events lost because a ring was full or this window too slow; counters and states are exact all the same</source>
        <translation>Ereignisse, die verloren gingen, weil ein Ring voll oder dieses Fenster zu langsam war; Zähler und Zustände sind trotzdem genau</translation>
    </message>
    <message>
        <source>Servers and connections that an inspector has armed a fault on; the Processes menu disarms them. When the inspector goes, they go on by themselves</source>
        <translation>Server und Verbindungen, für die ein Inspektor eine Störung aktiviert hat; das Menü Prozesse hebt sie auf. Wenn der Inspektor geht, laufen sie von selbst weiter</translation>
    </message>
    <message>
        <source>The view stands still; recording goes on</source>
        <translation>Die Ansicht steht still; die Aufzeichnung läuft weiter</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
    <message>
        <source>1 process</source>
        <translation>1 Prozess</translation>
    </message>
    <message>
        <source>%1 processes</source>
        <translation>%1 Prozesse</translation>
    </message>
    <message>
        <source>%1 events captured</source>
        <translation>%1 Ereignisse erfasst</translation>
    </message>
    <message>
        <source>%1 events/s</source>
        <translation>%1 Ereignisse/s</translation>
    </message>
    <message>
        <source>agents use %1</source>
        <translation>Agenten belegen %1</translation>
    </message>
    <message>
        <source>⚠ %1 events dropped</source>
        <translation>⚠ %1 Ereignisse verworfen</translation>
    </message>
    <message>
        <source>❚❚ view paused</source>
        <translation>❚❚ Ansicht angehalten</translation>
    </message>
    <message>
        <source>⚡ 1 fault armed</source>
        <translation>⚡ 1 Störung aktiv</translation>
    </message>
    <message>
        <source>⚡ %1 faults armed</source>
        <translation>⚡ %1 Störungen aktiv</translation>
    </message>
</context>
<context>
    <name>inspector::Stream</name>
    <message>
        <source>%1 were not captured here</source>
        <translation>%1 wurden hier nicht mitgelesen</translation>
    </message>
    <message>
        <source>redacted by the application</source>
        <translation>von der Anwendung unkenntlich gemacht</translation>
    </message>
</context>
<context>
    <name>inspector::StreamView</name>
    <message>
        <source>Stream</source>
        <translation>Datenstrom</translation>
    </message>
    <message>
        <source>Nothing is chosen</source>
        <translation>Nichts ist gewählt</translation>
    </message>
    <message>
        <source>Choose a connection to follow what it sends and receives.</source>
        <translation>Wählen Sie eine Verbindung, um zu verfolgen, was sie sendet und empfängt.</translation>
    </message>
    <message>
        <source>This has no stream of its own</source>
        <translation>Dies hat keinen eigenen Datenstrom</translation>
    </message>
    <message>
        <source>Choose one of its connections to follow what it sends and receives.</source>
        <translation>Wählen Sie eine seiner Verbindungen, um zu verfolgen, was sie sendet und empfängt.</translation>
    </message>
    <message>
        <source>Nothing was captured</source>
        <translation>Nichts wurde mitgelesen</translation>
    </message>
    <message>
        <source>The inspector is not attached to this process, so there is nobody to ask.</source>
        <translation>Der Inspektor ist nicht mit diesem Prozess verbunden, also ist niemand da, den er fragen könnte.</translation>
    </message>
    <message>
        <source>The application does not show its payload</source>
        <translation>Die Anwendung zeigt ihre Nutzdaten nicht</translation>
    </message>
    <message>
        <source>Counters and events are always there; the bytes are its owner&apos;s to give. Start the application with LIBNET_INSPECT_PAYLOAD=1, or let it call net::Agent::start({.payload = true}).</source>
        <translation>Zähler und Ereignisse sind immer da; die Bytes zu zeigen ist Sache ihres Besitzers. Starten Sie die Anwendung mit LIBNET_INSPECT_PAYLOAD=1, oder lassen Sie sie net::Agent::start({.payload = true}) aufrufen.</translation>
    </message>
    <message>
        <source>No payload was recorded</source>
        <translation>Keine Nutzdaten wurden aufgezeichnet</translation>
    </message>
    <message>
        <source>It has said nothing meanwhile, or its application does not show its payload: start it with LIBNET_INSPECT_PAYLOAD=1 and record again.</source>
        <translation>Sie hat währenddessen nichts gesagt, oder ihre Anwendung zeigt ihre Nutzdaten nicht: Starten Sie sie mit LIBNET_INSPECT_PAYLOAD=1, und zeichnen Sie noch einmal auf.</translation>
    </message>
    <message>
        <source>Waiting for data</source>
        <translation>Wartet auf Daten</translation>
    </message>
    <message>
        <source>The payload of this connection is captured from now on, and appears here.</source>
        <translation>Die Nutzdaten dieser Verbindung werden von nun an mitgelesen und erscheinen hier.</translation>
    </message>
    <message>
        <source>Copy as &amp;text</source>
        <translation>Als &amp;Text kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;hex dump</source>
        <translation>Als &amp;Hexdump kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;C array</source>
        <translation>Als &amp;C-Feld kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;base64</source>
        <translation>Als &amp;Base64 kopieren</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Alles aus&amp;wählen</translation>
    </message>
    <message>
        <source>What it said is not kept any more</source>
        <translation>Was gesprochen wurde, ist nicht mehr da</translation>
    </message>
    <message>
        <source>Others have spoken since, and only so much payload is kept: who was silent for longest had to make room.</source>
        <translation>Andere haben seither gesprochen, und es wird nur begrenzt viel Nutzlast behalten: wer am längsten still war, musste Platz machen.</translation>
    </message>
    <message>
        <source>Control with the arrows up and down goes from message to message</source>
        <translation>Strg mit den Pfeilen auf und ab geht von Nachricht zu Nachricht</translation>
    </message>
    <message>
        <source>Copy as &amp;QByteArray literal</source>
        <translation>Als &amp;QByteArray-Literal kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;nc line</source>
        <translation>Als &amp;nc-Zeile kopieren</translation>
    </message>
    <message>
        <source>Ne&amp;xt message</source>
        <translation>Nächste Nach&amp;richt</translation>
    </message>
    <message>
        <source>Pre&amp;vious message</source>
        <translation>&amp;Vorige Nachricht</translation>
    </message>
    <message>
        <source>It was over before it was chosen</source>
        <translation>Es war vorbei, bevor es gewählt wurde</translation>
    </message>
    <message>
        <source>The payload of the chosen connection is captured, or of all of them, if that is wanted (Ctrl+P) or recorded to a file.</source>
        <translation>Aufgezeichnet wird die Nutzlast der gewählten Verbindung, oder die von allen, wenn das verlangt (Strg+P) oder in eine Datei aufgezeichnet wird.</translation>
    </message>
</context>
<context>
    <name>inspector::Terminal</name>
    <message>
        <source>what was asked for could not be printed: %1</source>
        <translation>das Verlangte konnte nicht ausgegeben werden: %1</translation>
    </message>
</context>
<context>
    <name>inspector::ThroughputModel</name>
    <message>
        <source>All processes</source>
        <translation>Alle Prozesse</translation>
    </message>
</context>
<context>
    <name>inspector::ThroughputPlot</name>
    <message>
        <source>-%1 s</source>
        <translation>-%1 s</translation>
    </message>
    <message>
        <source>-%1 min</source>
        <translation>-%1 min</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>Bytes a second over time, sent above and received below the line</source>
        <translation>Bytes je Sekunde über der Zeit, gesendete über und empfangene unter der Linie</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>end</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>▼ received %1</source>
        <translation>▼ empfangen %1</translation>
    </message>
    <message>
        <source>▲ sent %1</source>
        <translation>▲ gesendet %1</translation>
    </message>
    <message>
        <source>Turn the wheel, or press + and -, to see more or less time; ← and →, Home and End move in it</source>
        <translation>Am Rad drehen, oder + und - drücken, um mehr oder weniger Zeit zu sehen; ← und →, Pos1 und Ende bewegen sich in ihr</translation>
    </message>
</context>
<context>
    <name>inspector::TimeScale</name>
    <message>
        <source>time of day</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>since the start</source>
        <translation>seit dem Start</translation>
    </message>
    <message>
        <source>since the previous</source>
        <translation>seit dem vorigen</translation>
    </message>
    <message>
        <source>since the chosen</source>
        <translation>seit dem gewählten</translation>
    </message>
</context>
<context>
    <name>inspector::TimedRun</name>
    <message>
        <source>%1 could not be written on: %2</source>
        <translation>%1 konnte nicht weiter geschrieben werden: %2</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>recorded: %1 (%2 in %3; processes: %4, events: %5, payload: %6)</source>
        <translation>aufgezeichnet: %1 (%2 in %3; Prozesse: %4, Ereignisse: %5, Nutzdaten: %6)</translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened: %2</source>
        <translation>%1 lässt sich nicht öffnen: %2</translation>
    </message>
    <message>
        <source>no process was recorded</source>
        <translation>kein Prozess wurde aufgezeichnet</translation>
    </message>
    <message>
        <source>no inspectable process was running (looked in %1)</source>
        <translation>es lief kein inspizierbarer Prozess (gesucht in %1)</translation>
    </message>
    <message>
        <source>none of the processes asked for could be inspected</source>
        <translation>keiner der verlangten Prozesse ließ sich inspizieren</translation>
    </message>
    <message>
        <source>could not attach to %1 (%2): %3</source>
        <translation>Verbindung mit %1 (%2) nicht möglich: %3</translation>
    </message>
    <message>
        <source>no servers and no connections were seen</source>
        <translation>es waren keine Server und keine Verbindungen zu sehen</translation>
    </message>
    <message>
        <source>no data was seen</source>
        <translation>es waren keine Daten zu sehen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>exported: %1</source>
        <translation>exportiert: %1</translation>
    </message>
    <message>
        <source>screenshot: %1</source>
        <translation>Bild: %1</translation>
    </message>
    <message>
        <source>could not write %1</source>
        <translation>%1 konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>port %1: %2</source>
        <translation>Port %1: %2</translation>
    </message>
</context>
<context>
    <name>inspector::TimelineModel</name>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>untätig</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>half-open</source>
        <translation>halb offen</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>waits for drain</source>
        <translation>wartet auf drain</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>nicht da</translation>
    </message>
    <message>
        <source>not known any more</source>
        <translation>nicht mehr bekannt</translation>
    </message>
    <message>
        <source>now %1, now %2, in quick turns</source>
        <translation>mal %1, mal %2, in schnellem Wechsel</translation>
    </message>
</context>
<context>
    <name>inspector::TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>A bar for each connection over time; return filters by the life of the current one</source>
        <translation>Ein Balken je Verbindung über der Zeit; die Eingabetaste filtert nach der Lebensdauer des aktuellen</translation>
    </message>
    <message>
        <source>No connections</source>
        <translation>Keine Verbindungen</translation>
    </message>
    <message>
        <source>Each connection gets a bar here as soon as there is one.</source>
        <translation>Jede Verbindung bekommt hier einen Balken, sobald es eine gibt.</translation>
    </message>
    <message>
        <source>No connections to show</source>
        <translation>Keine Verbindungen zu zeigen</translation>
    </message>
    <message>
        <source>There are none yet, or the filter hides them.</source>
        <translation>Es gibt noch keine, oder der Filter verbirgt sie.</translation>
    </message>
    <message>
        <source>⚠ %1 lost</source>
        <translation>⚠ %1 verloren</translation>
    </message>
    <message>
        <source>Drag to filter everything by a span of time; + and - show less or more of it, ← and → go back and on, Home and End to its ends</source>
        <translation>Ziehen filtert alles nach einer Zeitspanne; + und - zeigen weniger oder mehr davon, ← und → gehen zurück und weiter, Pos1 und Ende an die Enden</translation>
    </message>
</context>
<context>
    <name>inspector::Topology</name>
    <message>
        <source>local peers</source>
        <translation>lokale Gegenseiten</translation>
    </message>
    <message>
        <source>%1 other peers</source>
        <translation>%1 andere Gegenseiten</translation>
    </message>
    <message>
        <source>%1 processes</source>
        <translation>%1 Prozesse</translation>
    </message>
</context>
<context>
    <name>inspector::TopologyView</name>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Who connects, on the left, and who is connected to, on the right</source>
        <translation>Links, wer sich verbindet, und rechts, mit wem</translation>
    </message>
    <message>
        <source>Nobody to draw</source>
        <translation>Niemand zu zeichnen</translation>
    </message>
    <message>
        <source>Servers, and whoever connects to whom, appear here as a graph. A filter above may hide them.</source>
        <translation>Server, und wer sich mit wem verbindet, erscheinen hier als Graph. Ein Filter oben kann sie verbergen.</translation>
    </message>
    <message>
        <source>&amp;Only this: %1</source>
        <translation>&amp;Nur dies: %1</translation>
    </message>
    <message>
        <source>&amp;Not this</source>
        <translation>&amp;Ohne dies</translation>
    </message>
    <message>
        <source>&amp;More…</source>
        <translation>&amp;Mehr…</translation>
    </message>
    <message>
        <source>1 connection</source>
        <translation>1 Verbindung</translation>
    </message>
    <message>
        <source>%1 connections</source>
        <translation>%1 Verbindungen</translation>
    </message>
    <message>
        <source>Turn the wheel with Ctrl, or press Ctrl and + or -, to make it larger or smaller; Ctrl+0 for as it was</source>
        <translation>Das Rad mit Strg drehen, oder Strg und + oder - drücken, um zu vergrößern oder zu verkleinern; Strg+0, und es ist wie zuvor</translation>
    </message>
</context>
<context>
    <name>inspector::Units</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>%1 can&apos;t be opened: %2</source>
        <translation>%1 lässt sich nicht öffnen: %2</translation>
    </message>
    <message>
        <source>there is no display; add --for 10s --print, or set QT_QPA_PLATFORM=offscreen</source>
        <translation>es gibt keinen Bildschirm; ergänzen Sie --for 10s --print, oder setzen Sie QT_QPA_PLATFORM=offscreen</translation>
    </message>
    <message>
        <source>--help shows what can be asked for</source>
        <translation>--help zeigt, was sich verlangen lässt</translation>
    </message>
</context>
</TS>

/** Modules that came with Python 3.`minor` (after 3.8). */
const ADDED: Readonly<Record<string, number>> = {
  graphlib: 9,
  zoneinfo: 9,
  tomllib: 11,
  annotationlib: 14,
  concurrent: 0,
  compression: 14,
};

/** Modules that are gone since Python 3.`minor`: "What's New" of 3.9, 3.10, 3.12 and 3.13. */
const REMOVED: Readonly<Record<string, number>> = {
  _bootlocale: 10, formatter: 10, macpath: 8, dummy_threading: 9, parser: 10, symbol: 10, binhex: 11,
  asynchat: 12, asyncore: 12, distutils: 12, imp: 12, smtpd: 12,
  aifc: 13, audioop: 13, cgi: 13, cgitb: 13, chunk: 13, crypt: 13, imghdr: 13, lib2to3: 13, mailcap: 13, msilib: 13, nis: 13,
  nntplib: 13, ossaudiodev: 13, pipes: 13, sndhdr: 13, spwd: 13, sunau: 13, telnetlib: 13, uu: 13, xdrlib: 13,
}; // prettier-ignore

/** Modules of Python that this platform never has. */
const FOREIGN: ReadonlySet<string> = new Set([
  'winreg',
  'winsound',
  '_winapi',
  'msvcrt',
  'nt',
  '_winreg',
  'msilib',
  '_scproxy',
  'java',
  'org',
]);

/** Python 2's names: no installation of Python 3 has them. */
const PYTHON_2: ReadonlySet<string> = new Set(
  '__builtin__ StringIO cStringIO cPickle ConfigParser Queue SocketServer urllib2 urlparse httplib Cookie cookielib HTMLParser htmlentitydefs thread dummy_thread commands exceptions Tkinter tkMessageBox SimpleXMLRPCServer xmlrpclib BaseHTTPServer SimpleHTTPServer CGIHTTPServer copy_reg anydbm dbhash whichdb UserDict UserList UserString itertools_future'.split(
    ' ',
  ),
);

/** Whether a top-level module of this name cannot be imported in Python 3.`minor` on a POSIX system. */
export function removedIn(name: string, minor: number): boolean {
  return (
    (ADDED[name] ?? 0) > minor ||
    (REMOVED[name] ?? Infinity) <= minor ||
    FOREIGN.has(name) ||
    PYTHON_2.has(name)
  );
}

/** What XML 1.0 cannot hold in any form: control characters but tab and line ends, lone surrogates, U+FFFE, U+FFFF. */
const ILLEGAL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Cs}/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

export type XmlNode = string | XmlElement;

export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number | undefined>>;
  readonly children?: readonly XmlNode[];
}

/** Text for an element's content. Illegal characters become U+FFFD, the mark for what cannot be shown. */
export function xmlText(text: string): string {
  return text.replace(ILLEGAL, '\ufffd').replace(/[&<>\r]/g, (character) => ENTITIES[character] ?? character);
}

function xmlAttribute(text: string): string {
  return text
    .replace(ILLEGAL, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? character);
}

/** An indented document; elements that hold text are kept on one line, so that no space is added to it. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement(root, '')}\n`;
}

function xmlElement({ name, attributes = {}, children = [] }: XmlElement, indent: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${xmlAttribute(String(value))}"`)
    .join('');
  const open = `${indent}<${name}${written}`;
  if (children.length === 0) return `${open}/>`;
  if (children.some((child) => typeof child === 'string')) {
    const content = children.map((child) =>
      typeof child === 'string' ? xmlText(child) : xmlElement(child, ''),
    );
    return `${open}>${content.join('')}</${name}>`;
  }
  const inner = children.map((child) => xmlElement(child as XmlElement, `${indent}  `)).join('\n');
  return `${open}>\n${inner}\n${indent}</${name}>`;
}

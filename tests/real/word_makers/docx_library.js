// Write the Word file of test_word_files.py with the npm library docx. Usage: node docx_library.js MODULES FILE
const path = require("path");
const fs = require("fs");
const docx = require(path.join(process.argv[2], "docx"));
const { Document, Packer, Paragraph, TextRun, Table, TableRow, TableCell, ExternalHyperlink, FootnoteReferenceRun } = docx;
const { HeadingLevel, LevelFormat, InsertedTextRun, DeletedTextRun, Header, VerticalMergeType, ImageRun, WidthType } = docx;

const cell = (text, more = {}) => new TableCell({ children: [new Paragraph(text)], width: { size: 3000, type: WidthType.DXA }, ...more });
const change = { author: "A. Writer", date: "2026-11-02T09:00:00Z" };
const file = new Document({
  numbering: {
    config: [
      { reference: "steps", levels: [
        { level: 0, format: LevelFormat.DECIMAL, text: "%1.", start: 3 },
        { level: 1, format: LevelFormat.LOWER_LETTER, text: "(%2)" },
      ] },
    ],
  },
  footnotes: { 1: { children: [new Paragraph("Figures of the harbour master.")] } },
  sections: [{
    headers: { default: new Header({ children: [new Paragraph("Harbour Office")] }) },
    children: [
      new Paragraph({ heading: HeadingLevel.TITLE, text: "Ferry timetable revised" }),
      new Paragraph({ children: [
        new TextRun("Two routes "), new TextRun({ text: "start earlier", bold: true }), new TextRun(" and carry"),
        new TextRun({ text: " more passengers", italics: true }), new TextRun("."), new FootnoteReferenceRun(1),
      ] }),
      new Paragraph({ children: [
        new TextRun("See "), new ExternalHyperlink({ link: "https://example.org/ferries", children: [new TextRun("the routes")] }),
        new TextRun(" for details; a berth is 40 m"), new TextRun({ text: "2", superScript: true }), new TextRun(" wide."),
      ] }),
      new Paragraph({ heading: HeadingLevel.HEADING_2, text: "How to book" }),
      new Paragraph({ numbering: { reference: "steps", level: 0 }, text: "Choose a route" }),
      new Paragraph({ numbering: { reference: "steps", level: 1 }, text: "inner islands" }),
      new Paragraph({ numbering: { reference: "steps", level: 1 }, text: "outer islands" }),
      new Paragraph({ numbering: { reference: "steps", level: 0 }, text: "Pay at the pier" }),
      new Paragraph({ bullet: { level: 0 }, text: "bring a ticket" }),
      new Paragraph({ bullet: { level: 0 }, text: "keep the receipt" }),
      new Table({ rows: [
        new TableRow({ tableHeader: true, children: [cell("Route"), cell("Berth"), cell("Boats")] }),
        new TableRow({ children: [cell("Inner", { rowSpan: 2 }), cell("North", { columnSpan: 2 })] }),
        new TableRow({ children: [cell("South"), cell("four boats")] }),
      ] }),
      new Paragraph({ children: [
        new TextRun("The pier opens "), new DeletedTextRun({ id: 1, text: "late", ...change }),
        new InsertedTextRun({ id: 2, text: "early", ...change }), new TextRun(" on Sundays."),
      ] }),
    ],
  }],
});
Packer.toBuffer(file).then((data) => fs.writeFileSync(process.argv[3], data));

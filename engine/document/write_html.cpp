// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/write_html.h"

#include <algorithm>

#include "document/unicode_text.h"
#include "types/number_text.h"

namespace document {
namespace {

constexpr const char* kStyle = R"(
:root{--ground:#fff;--text:#1c2128;--muted:#5c6672;--line:#d5d9de;--first:#6b7785;--second:#0072b2;--limit:#b35c00}
@media (prefers-color-scheme:dark){:root{--ground:#15191e;--text:#e4e8ed;--muted:#97a2b0;--line:#39414b;--first:#97a2b0;--second:#56b4e9;--limit:#e69f00}}
body{margin:2.5em auto;max-width:64em;padding:0 1.5em;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1em;font-weight:600;color:var(--muted);margin:0 0 1em}
h2{font-size:1.2em;margin:2em 0 .5em}
.verdict{font-size:1.6em;line-height:1.35;margin:0 0 .6em;max-width:44em}
p,ul{max-width:52em}ul{padding-left:1.2em}li{margin:.15em 0}
.muted,.muted td,figcaption{color:var(--muted)}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:.5em 0 1em}
th,td{padding:.25em .9em .25em 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere;min-width:3em}
th{font-weight:600;overflow-wrap:normal}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
figure{margin:.5em 0 1em}svg{width:100%;height:auto;display:block}
svg text{font:11px system-ui,sans-serif}
pre{border:1px solid var(--line);padding:.7em 1em;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.9em}
@page{size:A4;margin:16mm 15mm}
@media print{:root{--ground:#fff;--text:#000;--muted:#555;--line:#bbb;--first:#6b7785;--second:#0072b2;--limit:#b35c00}
body{margin:0;padding:0;max-width:none;font-size:9.5pt}h2{break-after:avoid}tr,figure,pre,li{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}th,td{padding-right:.6em}}
)";

constexpr const char* nameOf(Ink ink) {
    constexpr const char* kNames[] = {"text", "muted", "line", "first", "second", "limit"};
    return kNames[static_cast<size_t>(ink)];
}

std::string attribute(const char* name, double value) {
    return std::string(" ") + name + "=\"" + types::fixedText(value, 2) + "\"";
}

std::string rectangle(const Mark& mark) {
    const std::string color = std::string("var(--") + nameOf(mark.ink) + ")";
    const bool isArea = mark.shape == Mark::Shape::Area;
    return "<rect" + attribute("x", mark.x) + attribute("y", mark.y) +
           attribute("width", std::max(0.5, mark.width)) + attribute("height", mark.height) +
           " style=\"fill:" + color +
           (isArea ? ";fill-opacity:.3;stroke:" + color + ";stroke-width:.75" : "") + "\"/>\n";
}

std::string svgMark(const Mark& mark) {
    const std::string color = std::string("var(--") + nameOf(mark.ink) + ")";
    switch (mark.shape) {
        case Mark::Shape::Bar:
        case Mark::Shape::Area:
            return rectangle(mark);
        case Mark::Shape::Line:
            return "<line" + attribute("x1", mark.x) + attribute("y1", mark.y) +
                   attribute("x2", mark.x + mark.width) + attribute("y2", mark.y + mark.height) +
                   " style=\"stroke:" + color + "\"/>\n";
        case Mark::Shape::Text:
            break;
    }
    return "<text" + attribute("x", mark.x) + attribute("y", mark.y) +
           (mark.width < 0 ? " text-anchor=\"end\"" : "") + " style=\"fill:" + color + "\">" +
           escaped(mark.text) + "</text>\n";
}

std::string cell(const char* tag, const std::string& text, bool isNumber) {
    return std::string("<") + tag + (isNumber ? " class=\"n\">" : ">") + escaped(text) + "</" +
           std::string(tag).substr(0, 2) + ">";
}

std::string tableHead(const Table& table) {
    const bool hasTitle =
        std::ranges::any_of(table.columns, [](const Column& c) { return !c.title.empty(); });
    if (!hasTitle) return {};
    std::string html = "<thead><tr>";
    for (const Column& column : table.columns)
        html += cell("th scope=\"col\"", column.title, column.isNumber);
    return html + "</tr></thead>\n";
}

/// Writes one block.
struct HtmlBlock {
    std::string operator()(const Lead& block) const {
        return "<p class=\"verdict\">" + escaped(block.text) + "</p>\n";
    }
    std::string operator()(const Heading& block) const {
        return "<h2>" + escaped(block.text) + "</h2>\n";
    }
    std::string operator()(const Paragraph& block) const {
        return (block.isMuted ? "<p class=\"muted\">" : "<p>") + escaped(block.text) + "</p>\n";
    }
    std::string operator()(const Bullets& block) const {
        std::string html = "<ul>\n";
        for (const std::string& item : block.items)
            html += "<li>" + escaped(item) + "</li>\n";
        return html + "</ul>\n";
    }
    std::string operator()(const Table& table) const {
        std::string html = "<div class=\"wide\"><table>\n" + tableHead(table) + "<tbody>\n";
        for (size_t r = 0; r < table.rows.size(); ++r) {
            const bool isMuted = std::ranges::binary_search(table.mutedRows, r);
            html += isMuted ? "<tr class=\"muted\">" : "<tr>";
            for (size_t c = 0; c < table.rows[r].size(); ++c)
                html += cell("td", table.rows[r][c], table.columns[c].isNumber);
            html += "</tr>\n";
        }
        return html + "</tbody>\n</table></div>\n";
    }
    std::string operator()(const Drawing& drawing) const {
        std::string html = "<figure>\n<svg viewBox=\"0 0 " + types::fixedText(drawing.width, 0) +
                           " " + types::fixedText(drawing.height, 0) +
                           "\" role=\"img\" aria-label=\"" + escaped(drawing.description) + "\">\n";
        for (const Mark& mark : drawing.marks)
            html += svgMark(mark);
        html += "</svg>\n";
        if (!drawing.caption.empty())
            html += "<figcaption>" + escaped(drawing.caption) + "</figcaption>\n";
        return html + "</figure>\n";
    }
    std::string operator()(const Commands& block) const {
        std::string html = "<pre>";
        for (const std::string& line : block.lines)
            html += escaped(line) + "\n";
        return html + "</pre>\n";
    }
};

}  // namespace

std::string escaped(std::string_view text) {
    std::string result;
    for (const char32_t c : shownCharacters(text))
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                appendUtf8(result, c);
        }
    return result;
}

std::string htmlPage(const Document& document) {
    std::string html =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
        "name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" "
        "content=\"light dark\">\n<title>" +
        escaped(document.title) + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n<h1>" +
        escaped(document.title) + "</h1>\n";
    for (const Block& block : document.blocks)
        html += std::visit(HtmlBlock(), block);
    return html + "</body>\n</html>\n";
}

}  // namespace document

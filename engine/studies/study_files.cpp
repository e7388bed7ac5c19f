// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/study_files.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "types/number_text.h"

namespace studies {

using namespace types;

namespace {

// ---- Comma-separated values ------------------------------------------------------------------

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string result = "\"";
    for (char c : text)
        result += c == '"' ? std::string("\"\"") : std::string(1, c);
    return result + "\"";
}

/// As many digits as tell the number from its neighbours in a table, without a group separator.
std::string plainNumber(double value) {
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return std::to_string(static_cast<int64_t>(value));
    std::string text = fixedText(value, std::abs(value) < 1 ? 9 : 6);
    text.erase(text.find_last_not_of('0') + 1);
    return text;
}

std::string csvCell(const StudyCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return quoted(*text);
    const auto* number = std::get_if<double>(&cell);
    return number && std::isfinite(*number) ? plainNumber(*number) : std::string();
}

// ---- Pictures --------------------------------------------------------------------------------

constexpr double kWidth = 760, kHeight = 460, kLeft = 76, kRight = 230, kTop = 44, kBottom = 56;
/// Okabe and Ito's colours, which most people can tell apart.
constexpr const char* kColours[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                    "#e69f00", "#56b4e9", "#000000"};

const char* colour(size_t series) {
    return kColours[series % std::size(kColours)];
}

std::string escaped(const std::string& text) {
    std::string result;
    for (char c : text) {
        if (c == '<')
            result += "&lt;";
        else if (c == '>')
            result += "&gt;";
        else if (c == '&')
            result += "&amp;";
        else if (c == '"')
            result += "&quot;";
        else
            result += c;
    }
    return result;
}

std::string label(double x, double y, const std::string& text, const char* anchor,
                  const char* more = "") {
    return "<text x=\"" + fixedText(x, 1) + "\" y=\"" + fixedText(y, 1) + "\" text-anchor=\"" +
           anchor + "\"" + more + ">" + escaped(text) + "</text>\n";
}

std::string segment(double x1, double y1, double x2, double y2, const std::string& style) {
    return "<line x1=\"" + fixedText(x1, 1) + "\" y1=\"" + fixedText(y1, 1) + "\" x2=\"" +
           fixedText(x2, 1) + "\" y2=\"" + fixedText(y2, 1) + "\" " + style + "/>\n";
}

/// One axis on the picture: from values to places.
class Scale {
public:
    Scale(const StudyAxis& axis, double low, double high, double from, double to)
        : m_axis(axis), m_from(from), m_to(to) {
        if (!axis.categories.empty()) {
            low = -0.5, high = static_cast<double>(axis.categories.size()) - 0.5;
        } else if (!(low <= high)) {
            low = 0, high = 1;
        }
        m_low = number(low), m_high = number(high);
        if (!axis.categories.empty()) return;
        const double room = m_high > m_low ? 0.06 * (m_high - m_low) : 0.5;
        m_low -= room, m_high += room;
    }

    bool shows(double value) const { return !m_axis.logarithmic || value > 0; }
    double place(double value) const {
        return m_from + (number(value) - m_low) / (m_high - m_low) * (m_to - m_from);
    }
    double low() const { return m_axis.logarithmic ? std::pow(10, m_low) : m_low; }
    double high() const { return m_axis.logarithmic ? std::pow(10, m_high) : m_high; }

    struct Tick {
        double value;
        std::string text;
    };
    /// Categories, powers of ten (and 2 and 5 times these), or round steps.
    std::vector<Tick> ticks() const {
        std::vector<Tick> result;
        for (size_t i = 0; i < m_axis.categories.size(); ++i)
            result.push_back({static_cast<double>(i), m_axis.categories[i]});
        if (!result.empty()) return result;
        const auto add = [&](double value) {
            if (value >= low() && value <= high()) result.push_back({value, digits(value, 3)});
        };
        if (m_axis.logarithmic) {
            const bool isShort = m_high - m_low < 2;
            for (double power = std::floor(m_low); power <= m_high; ++power)
                for (double factor : {1.0, 2.0, 5.0})
                    if (factor == 1 || isShort) add(factor * std::pow(10, power));
            return result;
        }
        const double step = roundStep((m_high - m_low) / 5);
        for (double i = std::ceil(m_low / step); i * step <= m_high; ++i)
            add(i == 0 ? 0 : i * step);
        return result;
    }

private:
    double number(double value) const { return m_axis.logarithmic ? std::log10(value) : value; }
    static double roundStep(double step) {
        const double power = std::pow(10, std::floor(std::log10(step)));
        for (double factor : {1.0, 2.0, 5.0})
            if (step <= factor * power) return factor * power;
        return 10 * power;
    }

    const StudyAxis& m_axis;
    double m_from, m_to, m_low = 0, m_high = 1;
};

class Picture {
public:
    explicit Picture(const StudyChart& chart)
        : m_chart(chart),
          m_x(scale(chart.x, &StudyPoint::x, kLeft, kWidth - kRight)),
          m_y(scale(chart.y, &StudyPoint::y, kHeight - kBottom, kTop)) {}

    std::string text() {
        std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " +
                          fixedText(kWidth, 0) + " " + fixedText(kHeight, 0) +
                          "\" font-family=\"sans-serif\" font-size=\"12\">\n"
                          "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
        svg += label(kLeft, 26, m_chart.title, "start", " font-size=\"15\" font-weight=\"bold\"");
        svg += axes();
        for (size_t i = 0; i < m_chart.series.size(); ++i)
            svg += series(m_chart.series[i], i);
        for (const StudyLine& line : m_chart.lines)
            svg += straight(line);
        return svg + legend() + "</svg>\n";
    }

private:
    Scale scale(const StudyAxis& axis, double StudyPoint::*member, double from, double to) const {
        double low = std::numeric_limits<double>::infinity(), high = -low;
        const auto see = [&](double value) {
            if (!std::isfinite(value) || (axis.logarithmic && value <= 0)) return;
            low = std::min(low, value), high = std::max(high, value);
        };
        const bool isY = member == &StudyPoint::y;
        for (const StudySeries& series : m_chart.series)
            for (const StudyPoint& point : series.points) {
                see(point.*member);
                if (point.band && isY == bandsAreVertical())
                    see(point.band->low), see(point.band->high);
            }
        for (const StudyLine& line : m_chart.lines)
            if (isY && line.slope == 0) see(line.intercept);
        return {axis, low, high, from, to};
    }
    /// Bands belong to the coordinate with a scale; to y where both have one.
    bool bandsAreVertical() const { return m_chart.y.categories.empty(); }

    static std::string named(const StudyAxis& axis) {
        return axis.name + (axis.unit.empty() ? "" : " (" + axis.unit + ")");
    }

    std::string axes() const {
        const std::string grid = "stroke=\"#ddd\"", edge = "stroke=\"#444\"";
        const double bottom = kHeight - kBottom, right = kWidth - kRight;
        std::string svg;
        for (const auto& tick : m_x.ticks()) {
            const double x = m_x.place(tick.value);
            svg += segment(x, kTop, x, bottom, grid) + label(x, bottom + 18, tick.text, "middle");
        }
        for (const auto& tick : m_y.ticks()) {
            const double y = m_y.place(tick.value);
            svg += segment(kLeft, y, right, y, grid) + label(kLeft - 8, y + 4, tick.text, "end");
        }
        svg +=
            segment(kLeft, bottom, right, bottom, edge) + segment(kLeft, kTop, kLeft, bottom, edge);
        svg += label((kLeft + right) / 2, kHeight - 14, named(m_chart.x), "middle");
        const double middle = (kTop + bottom) / 2;
        return svg + label(18, middle, named(m_chart.y), "middle",
                           (" transform=\"rotate(-90 18 " + fixedText(middle, 1) + ")\"").c_str());
    }

    bool shows(const StudyPoint& point) const {
        return std::isfinite(point.x) && std::isfinite(point.y) && m_x.shows(point.x) &&
               m_y.shows(point.y);
    }

    std::string series(const StudySeries& series, size_t index) const {
        const std::string stroke = std::string("stroke=\"") + colour(index) + "\"";
        const bool joins = m_chart.x.categories.empty() && m_chart.y.categories.empty();
        std::string path, marks;
        for (const StudyPoint& point : series.points) {
            if (!shows(point)) continue;
            const double x = m_x.place(point.x), y = m_y.place(point.y);
            path += (path.empty() ? "M" : "L") + fixedText(x, 1) + " " + fixedText(y, 1);
            if (point.band && bandsAreVertical() && m_y.shows(point.band->low))
                marks += segment(x, m_y.place(point.band->low), x, m_y.place(point.band->high),
                                 stroke + " stroke-opacity=\"0.5\"");
            if (point.band && !bandsAreVertical() && m_x.shows(point.band->low))
                marks += segment(m_x.place(point.band->low), y, m_x.place(point.band->high), y,
                                 stroke + " stroke-opacity=\"0.5\"");
            marks += "<circle cx=\"" + fixedText(x, 1) + "\" cy=\"" + fixedText(y, 1) +
                     "\" r=\"4\" fill=\"" + (series.measured ? colour(index) : "#fff") + "\" " +
                     stroke + "><title>" + escaped(point.label) + "</title></circle>\n";
        }
        if (joins && path.find('L') != std::string::npos && isFront(series))
            marks = "<path d=\"" + path + "\" fill=\"none\" " + stroke + "/>\n" + marks;
        return marks;
    }

    /// True where the points follow each other along x, so that a line between them means
    /// something.
    static bool isFront(const StudySeries& series) {
        const auto before = [](const StudyPoint& a, const StudyPoint& b) { return a.x < b.x; };
        return std::is_sorted(series.points.begin(), series.points.end(), before) ||
               std::is_sorted(series.points.rbegin(), series.points.rend(), before);
    }

    std::string straight(const StudyLine& line) const {
        const double from = std::max(line.fromX, m_x.low()), to = std::min(line.toX, m_x.high());
        const double first = line.slope * from + line.intercept,
                     last = line.slope * to + line.intercept;
        if (!(from < to) || !m_y.shows(first) || !m_y.shows(last)) return {};
        const char* stroke = line.series >= 0 ? colour(static_cast<size_t>(line.series)) : "#444";
        return segment(m_x.place(from), m_y.place(first), m_x.place(to), m_y.place(last),
                       std::string("stroke=\"") + stroke + "\" stroke-dasharray=\"6 4\"") +
               label(m_x.place(to) - 4, m_y.place(last) - 5, line.name, "end",
                     " font-size=\"11\" fill=\"#444\"");
    }

    std::string legend() const {
        std::string svg;
        double y = kTop + 10;
        for (size_t i = 0; i < m_chart.series.size(); ++i, y += 20) {
            svg += "<circle cx=\"" + fixedText(kWidth - kRight + 24, 1) + "\" cy=\"" +
                   fixedText(y - 4, 1) + "\" r=\"4\" fill=\"" +
                   (m_chart.series[i].measured ? colour(i) : "#fff") + "\" stroke=\"" + colour(i) +
                   "\"/>\n";
            svg += label(kWidth - kRight + 36, y, m_chart.series[i].name, "start");
        }
        return svg;
    }

    const StudyChart& m_chart;
    Scale m_x, m_y;
};

}  // namespace

std::string csvOf(const StudyTable& table) {
    std::string text;
    for (size_t i = 0; i < table.columns.size(); ++i) {
        const StudyColumn& column = table.columns[i];
        text += (i > 0 ? "," : "") +
                quoted(column.name + (column.unit.empty() ? "" : " (" + column.unit + ")"));
    }
    text += "\n";
    for (const auto& row : table.rows) {
        for (size_t i = 0; i < row.size(); ++i)
            text += (i > 0 ? "," : "") + csvCell(row[i]);
        text += "\n";
    }
    return text;
}

std::string svgOf(const StudyChart& chart) {
    return Picture(chart).text();
}

}  // namespace studies

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Document: what a report says, as blocks in reading order, before it is a web page or a printed
// one. engine/diff and engine/report make documents; write_html and write_pdf write them. Both
// writers show every block, so that no figure is on one of them alone.
//
// Texts are UTF-8 and may come from anyone (names in models): writers escape them.

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace document {

/// Colours by meaning; each writer has its own for light, dark and paper.
enum class Ink : int8_t {
    Text,
    Muted,
    Line,
    First,   ///< the baseline; of one model: the rest
    Second,  ///< the candidate; of one model: what matters
    Limit,   ///< a limit that is passed, or may be
};

/// A shape of a drawing. Units: those of the drawing, y downwards.
struct Mark {
    enum class Shape : int8_t {
        Bar,   ///< filled
        Area,  ///< filled so that what lies below shows, with a border
        Line,  ///< from (x, y) to (x + width, y + height)
        Text,  ///< `x`: left end, or the right end where `width` is negative; `y`: its base line
    };
    Shape shape = Shape::Bar;
    double x = 0, y = 0, width = 0, height = 0;
    Ink ink = Ink::Second;
    std::string text = {};
};

struct Drawing {
    double width = 0, height = 0;
    std::string description;  ///< for those who cannot see it
    std::vector<Mark> marks;
    std::string caption = {};
};

/// The sentence that is read first.
struct Lead {
    std::string text;
};

struct Heading {
    std::string text;
};

struct Paragraph {
    std::string text;
    bool isMuted = false;
};

struct Bullets {
    std::vector<std::string> items;
};

struct Column {
    std::string title;
    bool isNumber = false;
};

struct Table {
    std::vector<Column> columns;  ///< without any title, the table has no head
    std::vector<std::vector<std::string>> rows;
    std::vector<size_t> mutedRows = {};  ///< ascending
};

/// Lines to be copied into a shell.
struct Commands {
    std::vector<std::string> lines;
};

using Block = std::variant<Lead, Heading, Paragraph, Bullets, Table, Drawing, Commands>;

struct Document {
    std::string title;
    std::vector<Block> blocks;

    template <typename NewBlock>
    void add(NewBlock block) {
        blocks.emplace_back(std::move(block));
    }
    /// A heading and a list; nothing for an empty list.
    void addList(const std::string& heading, const std::vector<std::string>& items) {
        if (items.empty()) return;
        add(Heading{heading});
        add(Bullets{items});
    }
};

}  // namespace document

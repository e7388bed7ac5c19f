// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A small whole project file, and damage to it by a recipe in lines:
//
//     workspace layer i -7        every row's layer becomes the integer -7
//     mark knobs t {"width": 2}   the text
//     training seconds r 1e999    the real number
//     variation label b ...       bytes; "file" columns also get the hash that belongs to them
//     session notes n             NULL
//     sample * d                  all rows are deleted
//     @ 4711 ab0012               bytes in hexadecimal at an offset of the file
//
// Unknown names of tables and columns stand for known ones, so that any bytes are a recipe.

#include <SQLiteCpp/SQLiteCpp.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "app/project.h"
#include "bytes/sha256.h"
#include "support/classifier_data.h"
#include "support/temporary_dir.h"

namespace support {

/// All tables have rows: a model, variations, one of them trained, marks, sessions, a workspace.
inline app::Project wholeProject() {
    app::Project project;
    project.graph = classified::classifier();
    types::Variation narrow, trained;
    narrow.width = 0.5;
    trained.train.epochs = 2;
    project.variations = {{}, narrow, trained};
    auto model = std::make_shared<engine::VariedOnData>();
    model->graph = project.graph;
    model->trainedOriginal = project.graph;
    model->training = types::Training();
    model->training->loss = model->training->validationLoss = {1, 0.5};
    model->training->notes = {"a note"};
    model->changes = {"a change"};
    model->learned = {1, 2, 3};
    project.trained = {nullptr, nullptr, model};
    project.marks = {{narrow, {"name", "note", true, false}}};
    types::Session session;
    session.name = "session";
    session.measurements.push_back(
        {types::kWhole, 0, "CONV_2D", types::Quantity::LatencyUs, {1.5, 2.5}, false, ""});
    session.outputs.push_back({"input", 1, {0.5, 0.25}});
    session.traces.push_back({1000, 0, {1, 2, 3}, {{0, 0.002, 0, 1}}});
    session.warnings = {"a warning"};
    session.rawLog = "raw";
    project.sessions = {std::make_shared<const types::Session>(session)};
    auto board = std::make_shared<types::DeviceProfile>();
    board->id = "own";
    board->name = "Own";
    board->clockMhz = 80;
    board->soc = board->core = board->runtime = board->source = board->powerSource = "made up";
    project.workspace = app::Workspace{narrow,  false,     "/m.tflite", "own",  board,
                                       "/data", {1, 0, 0}, "layers",    {0, 2}, 2};
    return project;
}

inline std::string contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline void writeContent(const std::filesystem::path& file, std::string_view content) {
    std::ofstream(file, std::ios::binary) << content;
}

inline std::string wholeProjectFile() {
    const TemporaryDir dir;
    (void)app::writeProject(wholeProject(), dir / "p.netcaliper");
    return contentOf(dir / "p.netcaliper");
}

/// The entry of that name, or one that the name stands for.
inline std::string chosen(const std::vector<std::string>& names, std::string_view name) {
    size_t sum = 0;
    for (const std::string& each : names)
        if (each == name) return each;
    for (const char letter : name)
        sum = sum * 31 + static_cast<unsigned char>(letter);
    return names.empty() ? std::string() : names[sum % names.size()];
}

inline std::vector<std::string> columnOf(SQLite::Database& database, const std::string& query) {
    SQLite::Statement row(database, query);
    std::vector<std::string> values;
    while (row.executeStep())
        values.push_back(row.getColumn(0).getString());
    return values;
}

/// Takes the next word off the line.
inline std::string_view nextWord(std::string_view& line) {
    const size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

inline void changeCells(SQLite::Database& database, std::string_view line) {
    const std::string table = chosen(
        columnOf(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"),
        nextWord(line));
    const std::string column = chosen(
        columnOf(database, "SELECT name FROM pragma_table_info('" + table + "')"), nextWord(line));
    const std::string kind(nextWord(line));
    const std::string value(line);
    if (kind.starts_with('d')) {
        database.tryExec("DELETE FROM " + table);
        return;
    }
    SQLite::Statement change(database, "UPDATE OR IGNORE " + table + " SET " + column + " = ?" +
                                           (column == "file" ? ", sha256 = ?" : ""));
    if (kind.starts_with('i'))
        change.bind(1, static_cast<int64_t>(std::strtoll(value.c_str(), nullptr, 10)));
    else if (kind.starts_with('r'))
        change.bind(1, std::strtod(value.c_str(), nullptr));
    else if (kind.starts_with('b'))
        change.bind(1, value.data(), static_cast<int>(value.size()));
    else if (!kind.starts_with('n'))
        change.bind(1, value);
    if (column == "file")
        change.bind(2,
                    bytes::sha256({reinterpret_cast<const uint8_t*>(value.data()), value.size()}));
    change.exec();
}

/// "4711 ab0012": written over the content.
inline void changeBytes(std::string& content, std::string_view line) {
    const std::string offset(nextWord(line));
    size_t at = std::strtoull(offset.c_str(), nullptr, 10) % content.size();
    for (; line.size() >= 2 && at < content.size(); line.remove_prefix(2)) {
        int value = 0;
        std::from_chars(line.data(), line.data() + 2, value, 16);
        content[at++] = static_cast<char>(value);
    }
}

/// Makes a damaged project file of the whole one.
inline void writeDamaged(const std::filesystem::path& file, const std::string& whole,
                         std::string_view recipe) {
    writeContent(file, whole);
    std::vector<std::string_view> patches;
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON");
        database.exec("BEGIN");
        while (!recipe.empty()) {
            const size_t end = std::min(recipe.find('\n'), recipe.size());
            std::string_view line = recipe.substr(0, end);
            recipe.remove_prefix(std::min(end + 1, recipe.size()));
            if (line.starts_with("@ "))
                patches.push_back(line.substr(2));
            else if (!line.empty())
                changeCells(database, line);
        }
        database.exec("COMMIT");
    } catch (const SQLite::Exception&) {
        // A line that SQLite does not take: the file is as whole as it was.
    }
    if (patches.empty()) return;
    std::string content = contentOf(file);
    for (const std::string_view patch : patches)
        changeBytes(content, patch);
    writeContent(file, content);
}

}  // namespace support

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// JsonFields: reads the members of one JSON object. The first member that is missing, of the wrong
// type or out of range becomes the Error of the whole file; reading continues with neutral values,
// so the caller checks once, at the end.

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "types/result.h"

namespace cost {

/// Path of the object ("nucleo.json: kernels[3].") and the first error found in the file.
struct JsonProblem {
    std::optional<types::Error> first;
    void report(std::string what, std::string where);
};

class JsonFields {
public:
    JsonFields(const nlohmann::json& object, std::string path, JsonProblem& problem);

    std::string text(const std::string& name);
    /// Like text(), but returns "" where the member is absent.
    std::string textOr(const std::string& name);
    /// Index of the member's text in `words`; 0 where it is absent.
    size_t choiceOr(const std::string& name, std::span<const char* const> words);
    double number(const std::string& name, double least, double greatest);
    /// Like number(), but returns `fallback` where the member is absent.
    double numberOr(const std::string& name, double fallback, double least, double greatest);
    int64_t integer(const std::string& name, int64_t least, int64_t greatest);
    int64_t integerOr(const std::string& name, int64_t fallback, int64_t least, int64_t greatest);
    /// Returns the elements of an array of objects; empty for anything else.
    std::vector<JsonFields> objects(const std::string& name, bool required = true);

    /// Returns the object; nothing where it is absent or another type.
    std::optional<JsonFields> objectOr(const std::string& name);

    /// Returns the members of an object of numbers >= 0, in the order of their names; empty for
    /// anything else.
    std::vector<std::pair<std::string, double>> numbersByName(const std::string& name);
    /// Returns the elements of an array of numbers; empty where it is absent.
    std::vector<double> numbersOr(const std::string& name);
    /// Returns the elements of an array of whole numbers; empty where it is absent.
    std::vector<int64_t> integersOr(const std::string& name, int64_t least, int64_t greatest);

    /// Reports members that were not read: a misspelt name must not silently mean a default.
    void finish();

private:
    const nlohmann::json* find(const std::string& name, bool required);
    void report(const std::string& name, const std::string& what);

    const nlohmann::json* m_object;
    std::string m_path;
    JsonProblem* m_problem;
    std::set<std::string> m_read;
};

}  // namespace cost

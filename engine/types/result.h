// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Errors are values. Every function at a border of engine and measurements returns a Result<T>; no
// exception leaves a room. An Error states what is wrong, where, and what to do, in words that the
// command line and the window print unchanged.

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace types {

enum class ErrorKind : int8_t {
    Failed,
    Cancelled,  ///< stopped on request: nothing to report
};

struct Error {
    std::string what;    ///< "tensor shape has a negative dimension"
    std::string where;   ///< "T57 'conv/bias'" or a file name; may be empty
    std::string remedy;  ///< "export the model again"; may be empty
    ErrorKind kind = ErrorKind::Failed;

    bool isCancelled() const { return kind == ErrorKind::Cancelled; }
    /// "WHAT: WHERE: WHAT TO DO", without empty parts.
    std::string message() const {
        std::string text = what;
        if (!where.empty()) text += ": " + where;
        if (!remedy.empty()) text += ": " + remedy;
        return text;
    }
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(std::string what, std::string where = {},
                                  std::string remedy = {}) {
    return tl::unexpected<Error>(Error{std::move(what), std::move(where), std::move(remedy)});
}

/// The Error of work that was stopped through its stop token.
inline tl::unexpected<Error> cancelled() {
    return tl::unexpected<Error>(Error{"cancelled", {}, {}, ErrorKind::Cancelled});
}

}  // namespace types

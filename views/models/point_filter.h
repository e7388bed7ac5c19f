// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PointFilter: which points a line of text asks for: "acc>85 sram<100k star".
//
//     filter     = group { "or" group }
//     group      = term { term }                          all hold
//     term       = [ "not" | "-" ] ( comparison | word | '"' text '"' )
//     comparison = name ( "<" | "<=" | ">" | ">=" | "=" | "!=" ) value
//     value      = number [ unit ] | choice of the knob | "missing"
//     word       = "star" | "note" | "fits" | "trained" | part of a name or note
//
// Names are those of PointStore's columns and shorter forms: acc, agree, lat, mse; of a knob also
// the end of its path ("precision"), where only one ends so. Units: k, M and G (thousands), KiB and
// MiB, us, ms and s, uJ, mJ and J, %, dB. Times and energies need one. Shares without a unit are
// per cent where they are above 1. A comparison with a missing value does not hold.

#include <QString>
#include <vector>

#include "types/result.h"
#include "views/models/point_store.h"

namespace views {

/// What is wrong with the text, for the user, and at which character.
struct FilterError {
    QString message;
    int position = 0;
    int termStart = 0;  ///< of the condition with the fault; what stands before it is right
};

class PointFilter {
public:
    /// Takes the names of the columns that `store` has.
    static tl::expected<PointFilter, FilterError> parse(const QString& text,
                                                        const PointStore& store);

    bool isEmpty() const { return m_groups.empty(); }
    bool matches(const PointStore& store, int row) const;

private:
    friend class FilterParser;
    enum class Kind { Compare, Missing, Star, Note, Fits, Trained, Text };
    enum class Relation { Less, LessEqual, More, MoreEqual, Equal, Unequal };
    struct Term {
        Kind kind = Kind::Text;
        bool isNegated = false;
        int column = -1;
        Relation relation = Relation::Equal;
        double value = 0;
        double tolerance = 0;  ///< of equality, by the digits that were written
        QString text;
    };
    static bool holds(const Term& term, const PointStore& store, int row);

    std::vector<std::vector<Term>> m_groups;
};

/// "85 %", "100k", "1.5 ms" in the unit's base (0 to 1, bytes, µs, µJ); an Error says what is
/// missing.
tl::expected<double, QString> quantityOf(const QString& text, Unit unit);

}  // namespace views

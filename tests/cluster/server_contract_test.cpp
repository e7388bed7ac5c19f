// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of every database of a sweep (tests/store/sweep_contract_test.cpp), on PostgreSQL.
#include "private_postgres.h"
#include "store/sweep_database.h"
#include "sweep_contract.h"

namespace {

class ServerSchema : public sweep_contract::Database {
public:
    explicit ServerSchema(std::string address) : m_address(std::move(address)) {}
    sweep::SweepStorePtr open() override {
        auto opened = store::openSweepStore(m_address, store::IfMissing::Refuse);
        EXPECT_TRUE(opened) << opened.error().message();
        return opened ? std::move(*opened) : nullptr;
    }

private:
    std::string m_address;
};

std::unique_ptr<sweep_contract::Database> makeSchema(std::string& reason) {
    cluster::PrivatePostgres* server = cluster::sharedPostgres();
    if (server == nullptr) {
        reason = cluster::kNoPostgres;
        return nullptr;
    }
    return std::make_unique<ServerSchema>(server->newSchema());
}

using sweep_contract::SweepContract;
INSTANTIATE_TEST_SUITE_P(PostgreSQL, SweepContract,
                         testing::Values(sweep_contract::Backend{"PostgreSQL", makeSchema}));

}  // namespace

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { FilterMenu } from "@/components/patterns/filter-menu";

interface FarmFilterProps {
  selected: readonly string[];
  onSelectedChange: (selected: string[]) => void;
}

/** Of which farms, for people who have several. */
export function FarmFilter({ selected, onSelectedChange }: FarmFilterProps) {
  const trpc = useTRPC();
  const { data: farms = [] } = useQuery(trpc.farms.list.queryOptions());
  if (farms.length < 2) return null;
  const options = farms.map((farm) => ({ value: farm.id, label: farm.name }));
  return <FilterMenu label="Farm" options={options} selected={selected} onSelectedChange={onSelectedChange} />;
}
